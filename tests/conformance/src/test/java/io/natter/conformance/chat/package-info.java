/// The chat as its users meet it: a real process, a real browser, real clients.
@org.jspecify.annotations.NullMarked
package io.natter.conformance.chat;
