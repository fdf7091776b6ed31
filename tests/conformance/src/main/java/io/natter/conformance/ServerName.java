package io.natter.conformance;

import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a [TestedHost] from the command line, by its name.
final class ServerName implements ITypeConverter<TestedHost>, Iterable<String> {

    @Override
    public TestedHost convert(String value) {
        try {
            return TestedHost.named(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    @Override
    public Iterator<String> iterator() {
        return TestedHost.all().stream().map(TestedHost::name).iterator();
    }
}
