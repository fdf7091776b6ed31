package io.natter.chat.domain.message;

import java.util.List;

/// The changes of a room, in the order of `ver`, each message once in its newest form.
///
/// @param to apply these changes and you have everything up to this `ver`
/// @param more whether there are changes after `to`
public record Changes(List<Message> changes, long to, boolean more) {
    public static final int MAX = 200;
}
