/// The requests of programs: the calls of bots, incoming webhooks, and their set-up.
@NullMarked
package io.natter.chat.web.integration;

import org.jspecify.annotations.NullMarked;
