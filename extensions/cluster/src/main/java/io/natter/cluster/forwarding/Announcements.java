package io.natter.cluster.forwarding;

import io.natter.host.Loggers;
import io.natter.socketio.Args;
import io.natter.socketio.SocketIoServer;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/// Tells the other servers of this one, and hears of them, by events between servers. So it works
/// over any adapter. Servers on Node.js get these events and ignore them.
final class Announcements {
    private static final Logger LOG = Loggers.of(SessionForwarding.class);
    private static final String HERE = "natter:server";
    private static final String GONE = "natter:server-gone";

    /// When a server that starts asks the others, in milliseconds: the broker may need a moment.
    private static final long[] GREETINGS = {0, 200, 1_000, 3_000};

    private static final long PERIOD_MILLIS = 10_000;

    private final SocketIoServer io;
    private final Servers servers;
    private final ScheduledThreadPoolExecutor timer;

    Announcements(SocketIoServer io, Servers servers) {
        this.io = io;
        this.servers = servers;
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("natter-forwarding-timer").daemon().factory());
        // A timer after the end has no effect.
        timer.setRejectedExecutionHandler((task, executor) -> {});
    }

    /// Begins to hear the others, and to tell them of this server.
    void begin() {
        io.onServerSide(HERE, (args, ack) -> heard(args));
        io.onServerSide(
                GONE,
                (args, ack) ->
                        servers.gone(args.require(0, String.class), args.require(1, String.class)));
        for (long delay : GREETINGS) {
            var ignored = timer.schedule(() -> announce(true), delay, TimeUnit.MILLISECONDS);
        }
        var ignored =
                timer.scheduleWithFixedDelay(
                        () -> announce(false), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void heard(Args args) {
        boolean changed =
                servers.heard(
                        args.require(0, String.class),
                        args.require(1, String.class),
                        args.require(2, String.class));
        if (changed || Boolean.TRUE.equals(args.get(3, Boolean.class))) {
            announce(false);
        }
    }

    /// @param greeting whether the others are asked to announce themselves
    private void announce(boolean greeting) {
        try {
            io.serverSideEmit(HERE, servers.tag(), servers.address(), servers.key(), greeting);
        } catch (RuntimeException e) {
            LOG.debug("this server could not be announced", e);
        }
    }

    void end() {
        timer.shutdownNow();
        try {
            io.serverSideEmit(GONE, servers.tag(), servers.key());
        } catch (RuntimeException e) {
            LOG.debug("the other servers could not be told of the end", e);
        }
    }
}
