package io.natter.conformance;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a [Mode] from the command line, by the name it has there.
final class ModeName implements ITypeConverter<Mode>, Iterable<String> {

    @Override
    public Mode convert(String value) {
        for (Mode mode : Mode.values()) {
            if (mode.toString().equals(value)) {
                return mode;
            }
        }
        throw new TypeConversionException(
                "there is no mode '" + value + "', but " + String.join(", ", this));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Mode.values()).map(Mode::toString).iterator();
    }
}
