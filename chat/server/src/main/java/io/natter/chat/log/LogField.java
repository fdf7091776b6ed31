package io.natter.chat.log;

/// An argument of a logged message with a name. In JSON lines it is also a member of its own.
///
/// @param value a number or a text
public record LogField(String name, Object value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
