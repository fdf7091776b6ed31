/// Bots and webhooks: programs that take part in the chat.
@NullMarked
package io.natter.chat.domain.integration;

import org.jspecify.annotations.NullMarked;
