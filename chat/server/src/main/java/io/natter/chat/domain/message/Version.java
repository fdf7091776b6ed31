package io.natter.chat.domain.message;

/// One text that a message has or had.
///
/// @param ts when it got this text, milliseconds since 1970
public record Version(String text, long ts) {
    /// So many versions are listed, the newest.
    public static final int MAX = 50;
}
