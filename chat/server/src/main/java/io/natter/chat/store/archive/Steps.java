package io.natter.chat.store.archive;

/// Hears how far long work is.
@FunctionalInterface
public interface Steps {
    /// Hears of a step.
    ///
    /// @param line for the operator
    void at(String line);
}
