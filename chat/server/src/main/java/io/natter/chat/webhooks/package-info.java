/// Webhooks: the payloads that come in, and the deliveries that go out.
@NullMarked
package io.natter.chat.webhooks;

import org.jspecify.annotations.NullMarked;
