package io.natter.spring.controller;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// The arguments of an event violate constraints of Bean Validation.
final class Violations extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Violation> list;

    Violations(List<Violation> list) {
        super(list.stream().map(Violation::text).collect(Collectors.joining(", ")));
        this.list = list;
    }

    List<Violation> list() {
        return list;
    }

    /// One of them, as the client gets it.
    ///
    /// @param path to the property, as `items[2].name`; the name of the parameter if that is at
    ///   fault itself
    /// @param message says what is wrong
    record Violation(String path, String message) {
        String text() {
            return path + ": " + message;
        }
    }
}
