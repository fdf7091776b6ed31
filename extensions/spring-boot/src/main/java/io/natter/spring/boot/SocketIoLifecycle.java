package io.natter.spring.boot;

import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/// Closes the clients before the web server stops. Otherwise its own graceful shutdown would wait
/// for them in vain, or end their connections without a close frame.
final class SocketIoLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SocketIoLifecycle.class);

    private final SocketIoServer io;
    private final Duration window;
    private volatile boolean running;
    private volatile boolean draining;

    SocketIoLifecycle(SocketIoServer io, Duration window) {
        this.io = io;
        this.window = window;
    }

    /// Whether the application is stopping.
    boolean isDraining() {
        return draining;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        draining = true;
        try {
            if (window.isPositive()) {
                io.drain(window);
            } else {
                io.close();
            }
        } finally {
            running = false;
        }
    }

    /// The phase goes on when all clients have left.
    @Override
    public void stop(Runnable callback) {
        draining = true;
        var thread =
                new Thread(
                        () -> {
                            try {
                                stop();
                            } catch (RuntimeException e) {
                                log.error("Draining failed", e);
                            } finally {
                                callback.run();
                            }
                        },
                        "natter-drain");
        thread.start();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// A server that was drained does not start again.
    @Override
    public boolean isPauseable() {
        return false;
    }

    /// Higher phases stop first.
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;
    }
}
