package io.natter.socketio;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes wrong is logged, counted and told to the application's hooks. Any thread.
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoServer.class);

    private final SocketIoMetrics metrics;
    private final List<Consumer<HandlerError>> errorHooks = new CopyOnWriteArrayList<>();
    private final List<Consumer<LimitReached>> limitHooks = new CopyOnWriteArrayList<>();

    Reports(SocketIoMetrics metrics) {
        this.metrics = metrics;
    }

    void onError(Consumer<HandlerError> hook) {
        errorHooks.add(hook);
    }

    void onLimit(Consumer<LimitReached> hook) {
        limitHooks.add(hook);
    }

    /// Application code threw, or a payload did not fit it.
    void failed(HandlerError error) {
        metrics.failed(error.kind());
        switch (error.kind()) {
            case PAYLOAD ->
                    LOG.warn(
                            "event {}: what the client sent does not fit: {}",
                            error.event(),
                            error.cause().getMessage());
            case HANDLER -> LOG.error("a handler of {} failed", error.event(), error.cause());
            case MIDDLEWARE -> LOG.error("a middleware of {} failed", error.event(), error.cause());
        }
        for (var hook : errorHooks) {
            try {
                hook.accept(error);
            } catch (RuntimeException e) {
                LOG.error("an onError hook failed", e);
            }
        }
    }

    /// A client ran into a bound.
    void hit(LimitReached reached) {
        metrics.hit(reached.limit());
        LOG.info("session {} ran into {}: {}", reached.sid(), reached.limit(), reached.detail());
        for (var hook : limitHooks) {
            try {
                hook.accept(reached);
            } catch (RuntimeException e) {
                LOG.error("an onLimit hook failed", e);
            }
        }
    }
}
