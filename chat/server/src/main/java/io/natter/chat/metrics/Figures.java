package io.natter.chat.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// Registers meters below the prefix `natter.chat.` that read what the chat counts anyway.
final class Figures {
    private static final String PREFIX = "natter.chat.";

    private final MeterRegistry registry;

    Figures(MeterRegistry registry) {
        this.registry = registry;
    }

    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value).description(description).register(registry);
    }

    void bytes(String name, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value)
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    void count(String name, String description, LongSupplier value, String... tags) {
        // Micrometer holds the source weakly; the function keeps it.
        FunctionCounter.builder(PREFIX + name, value, _ -> value.getAsLong())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    void countBytes(String name, String description, LongSupplier value) {
        FunctionCounter.builder(PREFIX + name, value, _ -> value.getAsLong())
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    /// A number of things with the time that they took together.
    <T> void time(
            String name,
            String description,
            T source,
            ToLongFunction<T> count,
            ToDoubleFunction<T> nanos) {
        FunctionTimer.builder(
                        PREFIX + name,
                        source,
                        _ -> count.applyAsLong(source),
                        _ -> nanos.applyAsDouble(source),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .register(registry);
    }
}
