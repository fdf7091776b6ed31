package io.natter.chat.store.archive;

/// Hears how far long work is.
@FunctionalInterface
public interface Steps {
    /// @param line for the operator
    void at(String line);
}
