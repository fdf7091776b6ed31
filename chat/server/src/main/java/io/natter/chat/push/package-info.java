/// Sends push messages to browsers whose page is closed: RFC 8030 (the request), RFC 8291 (its
/// encryption) and RFC 8292 (VAPID, the server's signature). No service of anybody else is involved
/// but the one that the browser's maker runs for it.
@org.jspecify.annotations.NullMarked
package io.natter.chat.push;
