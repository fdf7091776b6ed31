package io.natter.socketio;

import io.natter.host.RateLimitedLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Logs and counts faults, and tells them to the application's hooks. A client can cause them as
/// often as it likes, so of each kind a few lines a minute are written. Any thread.
final class ErrorReporter {
    private final RateLimitedLog log = new RateLimitedLog(SocketIoServer.class);
    private final SocketIoMetrics metrics;
    private final List<Consumer<HandlerError>> errorHooks = new CopyOnWriteArrayList<>();

    ErrorReporter(SocketIoMetrics metrics) {
        this.metrics = metrics;
    }

    void onError(Consumer<HandlerError> hook) {
        errorHooks.add(hook);
    }

    /// Application code threw, or a payload did not fit it.
    ///
    /// @param sid the session in which that happened, or null
    void failed(HandlerError error, @Nullable String sid) {
        metrics.failed(error.kind());
        String where = RateLimitedLog.text(error.event());
        String socket = error.socket() == null ? "" : " in " + error.socket().nsp().name();
        String place = where + RateLimitedLog.text(socket) + ", session " + shortened(sid);
        switch (error.kind()) {
            case PAYLOAD ->
                    log.warn(
                            "payload",
                            "event {}: what the client sent does not fit: {}",
                            place,
                            RateLimitedLog.text(error.cause().getMessage()));
            case HANDLER ->
                    log.failure("handler", "a handler of " + place + " failed", error.cause());
            case MIDDLEWARE ->
                    log.failure(
                            "middleware", "a middleware of " + place + " failed", error.cause());
        }
        for (var hook : errorHooks) {
            try {
                hook.accept(error);
            } catch (Throwable e) {
                log.failure("onError", "an onError hook failed", e);
            }
        }
    }

    /// The executor has refused to run handlers, which wait.
    void refusedWork(Throwable refusal, int tasks) {
        log.failure("executor", "the executor refuses work: " + tasks + " tasks wait", refusal);
    }

    /// The beginning of a session's id. The whole id would let a reader of the log act as the
    /// client.
    static String shortened(@Nullable String sid) {
        return RateLimitedLog.id(sid);
    }
}
