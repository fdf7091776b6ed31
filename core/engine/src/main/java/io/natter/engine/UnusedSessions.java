package io.natter.engine;

import io.natter.host.ClientAddress;
import io.natter.host.ConnectionsPerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The sessions of one strand whose client has sent nothing since its polling handshake. An unused
/// session costs the client one small request, and the server a kilobyte until its heartbeat ends.
/// So one connection may open a hundred of them, and all together may fill half of the memory
/// budget.
///
/// Above that limit, the address with the most loses one: the oldest of its connection with the
/// most. A client that opens very many therefore ends its own, and a new session of another client
/// stays. On the strand.
final class UnusedSessions {
    /// Roughly what an idle session takes, with its places here.
    private static final int SESSION_BYTES = 1536;

    private static final int LEAST = 1000;

    /// A proxy sends the handshakes of many clients over one connection.
    private static final int MOST_OF_ONE_CONNECTION = 100;

    /// A connection. Where a proxy tells the addresses of its clients, each has a share of it.
    private record Origin(InetAddress address, InetSocketAddress connection) {}

    private final ClientAddress clientAddress;

    /// Whether the application was asked for the address of each session before.
    private final boolean isCounted;

    private final int most;
    private final Map<EngineSession, Origin> origins = new HashMap<>();
    private final Map<Origin, ArrayDeque<EngineSession>> eldestFirst = new HashMap<>();
    private final Tallies<InetAddress> addresses = new Tallies<>();
    private final Map<InetAddress, Tallies<Origin>> connections = new HashMap<>();

    UnusedSessions(EngineOptions options) {
        this.clientAddress = options.clientAddress();
        this.isCounted = options.maxConnectionsPerAddress() > 0;
        this.most =
                Math.clamp(
                        options.memoryBudget().limit() / 2 / SESSION_BYTES,
                        LEAST,
                        Integer.MAX_VALUE);
    }

    /// A session has begun.
    void add(EngineSession session) {
        var address = address(session);
        var origin = new Origin(address, session.request().remoteAddress());
        origins.put(session, origin);
        addresses.increment(address);
        connections.computeIfAbsent(address, ignored -> new Tallies<>()).increment(origin);
        var sessions = eldestFirst.computeIfAbsent(origin, ignored -> new ArrayDeque<>(1));
        sessions.add(session);
        if (sessions.size() > MOST_OF_ONE_CONNECTION) {
            endEldest(
                    origin,
                    "one connection made more than "
                            + MOST_OF_ONE_CONNECTION
                            + " handshakes that no request followed");
        }
        if (origins.size() > most) {
            var ofAddress = Objects.requireNonNull(connections.get(addresses.highest()));
            endEldest(
                    ofAddress.highest(),
                    "more than " + most + " handshakes were followed by no request");
        }
    }

    private InetAddress address(EngineSession session) {
        var counted = session.countedAddress();
        if (counted != null) {
            return counted;
        }
        var request = session.request();
        InetAddress named = null;
        try {
            named = isCounted ? null : clientAddress.of(request);
        } catch (Throwable e) {
            session.context().logs().failure("clientAddress", "clientAddress failed", e);
        }
        return ConnectionsPerAddress.key(
                named == null ? request.remoteAddress().getAddress() : named);
    }

    private void endEldest(Origin origin, String detail) {
        Objects.requireNonNull(eldestFirst.get(origin)).element().endUnused(detail);
    }

    /// A session is used now, or has ended.
    void remove(EngineSession session) {
        var origin = origins.remove(session);
        if (origin == null) {
            return;
        }
        addresses.decrement(origin.address);
        var ofAddress = connections.get(origin.address);
        if (ofAddress != null) {
            ofAddress.decrement(origin);
            if (ofAddress.isEmpty()) {
                connections.remove(origin.address);
            }
        }
        var sessions = eldestFirst.get(origin);
        if (sessions != null && sessions.remove(session) && sessions.isEmpty()) {
            eldestFirst.remove(origin);
        }
    }
}
