/// HTTP as all requests of the chat have it: the listener, its checks and limits, bodies and
/// answers.
@NullMarked
package io.natter.chat.web.http;

import org.jspecify.annotations.NullMarked;
