/// The chat's doors: the page and the session over HTTP, the events over Socket.IO, both on one
/// port, and the command that opens them.
@NullMarked
package io.natter.chat.web;

import org.jspecify.annotations.NullMarked;
