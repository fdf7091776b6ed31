package io.natter.chat.domain.message;

/// Which part of a room's messages is wanted.
public sealed interface Window {
    /// The newest ones.
    record Latest() implements Window {}

    /// Those just older than message `seq`.
    record Before(long seq) implements Window {}

    /// Those just newer than message `seq`.
    record After(long seq) implements Window {}

    /// Message `seq` with as many older as newer ones.
    record Around(long seq) implements Window {}
}
