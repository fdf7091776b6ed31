package io.natter.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Registers meters below the prefix `natter.` with common tags. They hold the measured object, so
/// it is not collected while the registry lives.
final class Meters {
    private static final String PREFIX = "natter.";

    private final MeterRegistry registry;
    private final Tags common;

    Meters(MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.common = common;
    }

    /// An enum constant as a tag value: `UNKNOWN_SID` is `unknown sid`. A constant with words of
    /// its own, such as a reason of Socket.IO, is those words.
    private static String tagValue(Enum<?> constant) {
        var words = constant.toString();
        return words.equals(constant.name())
                ? words.toLowerCase(Locale.ROOT).replace('_', ' ')
                : words;
    }

    /// A timer, with the tags that it is to have.
    Timer timer(String name, String description, String... tags) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .tags(common.and(tags))
                .register(registry);
    }

    /// A time that goes up and down, in nanoseconds.
    void nanos(String name, String description, Supplier<Number> value) {
        TimeGauge.builder(PREFIX + name, value, TimeUnit.NANOSECONDS)
                .description(description)
                .tags(common)
                .strongReference(true)
                .register(registry);
    }

    <T> void count(
            String name, String description, T source, ToDoubleFunction<T> value, String... more) {
        counter(name, description, null, source, value, more);
    }

    /// A count for each of `keys`, by the tag `tag`.
    <T, E extends Enum<E>> void countEach(
            String name,
            String description,
            T source,
            String tag,
            E[] keys,
            ToDoubleBiFunction<T, E> value) {
        for (var key : keys) {
            count(
                    name,
                    description,
                    source,
                    from -> value.applyAsDouble(from, key),
                    tag,
                    tagValue(key));
        }
    }

    <T> void bytes(
            String name, String description, T source, ToDoubleFunction<T> value, String... more) {
        counter(name, description, "bytes", source, value, more);
    }

    private <T> void counter(
            String name,
            String description,
            @Nullable String unit,
            T source,
            ToDoubleFunction<T> value,
            String... more) {
        // Micrometer holds the source weakly; the function keeps it.
        FunctionCounter.builder(PREFIX + name, source, ignored -> value.applyAsDouble(source))
                .description(description)
                .baseUnit(unit)
                .tags(common.and(more))
                .register(registry);
    }

    <T> void gauge(
            String name, String description, T source, ToDoubleFunction<T> value, String... more) {
        gauge(name, description, null, source, value, more);
    }

    <T> void bytesGauge(String name, String description, T source, ToDoubleFunction<T> value) {
        gauge(name, description, "bytes", source, value);
    }

    private <T> void gauge(
            String name,
            String description,
            @Nullable String unit,
            T source,
            ToDoubleFunction<T> value,
            String... more) {
        Gauge.builder(PREFIX + name, source, value)
                .description(description)
                .baseUnit(unit)
                .tags(common.and(more))
                .strongReference(true)
                .register(registry);
    }
}
