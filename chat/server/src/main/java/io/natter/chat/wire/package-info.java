/// Everything that travels as JSON, as `docs/chat-events.md` has it. Names are written in snake
/// case; nothing that is null is written.
@NullMarked
package io.natter.chat.wire;

import org.jspecify.annotations.NullMarked;
