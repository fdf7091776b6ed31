/// The meters of the chat, for Prometheus.
@NullMarked
package io.natter.chat.metrics;

import org.jspecify.annotations.NullMarked;
