package io.natter.conformance;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineSession;
import io.natter.host.Endpoint;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A few clients over loopback, before anybody else's come: a JVM takes half a second and more to
/// load what answers its first one, which is past the time-outs of some suites. They join, ask, are
/// asked, and carry bytes. A server may refuse them, or be too slow for them: it starts all the
/// same.
final class WarmUp {
    static final Duration BOUND = Duration.ofMillis(1500);
    private static final Duration ACCEPT_BOUND = Duration.ofSeconds(10);
    private static final Duration LEAVE_BOUND = Duration.ofSeconds(1);
    private static final int ROUNDS = 5;

    /// How a client comes.
    enum Way {
        POLLING,
        WEBSOCKET,
        UPGRADE
    }

    private WarmUp() {}

    /// Returns when the clients have come and gone, or when the time is up.
    ///
    /// @param listening where the server listens
    /// @param certificate the server's own, for HTTPS
    /// @param bound how long the clients may take; leaving takes a second more at most
    /// @return the ways in which a client said all that there is to say
    static Set<Way> run(
            InetSocketAddress listening,
            Mode mode,
            Endpoint endpoint,
            @Nullable TestCertificate certificate,
            Duration bound)
            throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        var address =
                listening.getAddress().isAnyLocalAddress()
                        ? new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), listening.getPort())
                        : listening;
        var done = EnumSet.noneOf(Way.class);
        var prefix = Mode.engine(endpoint).options().prefix();
        try (var client = new WarmUpClient(address, prefix, certificate, end)) {
            awaitAccepting(address);
            var tried = EnumSet.allOf(Way.class);
            for (int i = 0; i < ROUNDS && !tried.isEmpty(); i++) {
                for (var way : EnumSet.copyOf(tried)) {
                    if (visit(client, way, mode)) {
                        done.add(way);
                    } else {
                        tried.remove(way);
                    }
                }
            }
        } catch (TimeoutException _) {
            // The code that is warm by now must be enough.
        } catch (Exception e) {
            stopIfInterrupted(e);
            System.err.println("the server starts without a warm-up: " + e);
        }
        leaveNothing(endpoint);
        return done;
    }

    /// False if the server does not want a client that comes this way.
    private static boolean visit(WarmUpClient client, Way way, Mode mode) throws Exception {
        try {
            client.visit(way, Exchange.of(mode));
            return true;
        } catch (TimeoutException e) {
            throw e;
        } catch (Exception e) {
            stopIfInterrupted(e);
            return false;
        }
    }

    private static void stopIfInterrupted(Exception e) throws InterruptedException {
        if (e instanceof InterruptedException interrupted) {
            throw interrupted;
        }
    }

    private static void awaitAccepting(InetSocketAddress address) throws Exception {
        long giveUp = System.nanoTime() + ACCEPT_BOUND.toNanos();
        for (boolean accepted = false; !accepted; ) {
            try (var socket = new Socket()) {
                socket.connect(address, (int) ACCEPT_BOUND.toMillis());
                accepted = true;
            } catch (ConnectException e) {
                if (System.nanoTime() - giveUp > 0) {
                    throw e;
                }
                Thread.sleep(10);
            }
        }
    }

    /// Ends what was cut short. A session whose strand has no time for that now ends when it has.
    private static void leaveNothing(Endpoint endpoint) throws InterruptedException {
        var ended = new ArrayList<CompletableFuture<Void>>();
        for (var session : Mode.engine(endpoint).sessions()) {
            if (WarmUpClient.AGENT.equals(session.request().header("user-agent"))) {
                try {
                    ended.add(CompletableFuture.runAsync(() -> discard(session), session.strand()));
                } catch (RejectedExecutionException _) {
                    // the server was stopped meanwhile, and its sessions with it
                }
            }
        }
        try {
            CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new))
                    .get(LEAVE_BOUND.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.err.println("a session of the warm-up was left to its time-out: " + e);
        }
    }

    private static void discard(EngineSession session) {
        session.discard(CloseReason.TRANSPORT_ERROR, "warmed up");
    }
}
