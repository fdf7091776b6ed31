package io.natter.redis;

import io.lettuce.core.RedisFuture;
import java.util.Map;
import java.util.function.Supplier;

/// Makes commands that add entries to streams.
@FunctionalInterface
interface StreamWriter {
    /// The command that adds this entry, for the [Outbox].
    Supplier<RedisFuture<String>> add(String stream, Map<String, byte[]> fields);
}
