/// The chat over Socket.IO: what a client may ask, who is told what, and who is here.
@NullMarked
package io.natter.chat.events;

import org.jspecify.annotations.NullMarked;
