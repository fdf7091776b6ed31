package io.natter.chat.store.moving;

/// Is told how far an import has come.
@FunctionalInterface
public interface Progress {
    /// So many messages of all were stored or found.
    void at(long done, long all);

    /// So many files were taken.
    default void files(long taken) {}
}
