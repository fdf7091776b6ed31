package io.natter.micrometer;

import io.micrometer.core.instrument.Timer;
import io.natter.socketio.HandlerCall;
import io.natter.socketio.HandlerInterceptor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Times each call of a handler. All series exist from the start.
final class HandlerTimes implements HandlerInterceptor {
    private static final String OTHER = "other";
    private static final List<String> LIFE = List.of("connection", "disconnecting", "disconnect");

    private final Map<String, Outcomes> byEvent = new LinkedHashMap<>();
    private final Outcomes others;

    private record Outcomes(Timer returned, Timer threw) {}

    HandlerTimes(Meters meters, Collection<String> events) {
        for (var event : LIFE) {
            byEvent.put(event, outcomes(meters, event));
        }
        for (var event : events) {
            byEvent.computeIfAbsent(event, name -> outcomes(meters, name));
        }
        others = outcomes(meters, OTHER);
    }

    private static Outcomes outcomes(Meters meters, String event) {
        return new Outcomes(timer(meters, event, "ok"), timer(meters, event, "error"));
    }

    private static Timer timer(Meters meters, String event, String outcome) {
        return meters.timer("handlers", "Calls of handlers", "event", event, "outcome", outcome);
    }

    @Override
    public void around(HandlerCall call) throws Exception {
        var timers = Objects.requireNonNullElse(byEvent.get(call.event()), others);
        long start = System.nanoTime();
        boolean returned = false;
        try {
            call.proceed();
            returned = true;
        } finally {
            var timer = returned ? timers.returned() : timers.threw();
            timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
