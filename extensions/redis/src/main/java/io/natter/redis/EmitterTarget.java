package io.natter.redis;

import io.natter.cluster.Messages;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.payload.JsonMapping;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of a namespace of all servers, for a process without sockets. Immutable; any thread.
/// Nothing blocks, and nothing tells whether a server was there to hear it.
public final class EmitterTarget {
    private final EmitterWire wire;
    private final JsonMapping mapping;
    private final String namespace;
    private final BroadcastOptions options;
    private final boolean nobody;

    EmitterTarget(
            EmitterWire wire,
            JsonMapping mapping,
            String namespace,
            BroadcastOptions options,
            boolean nobody) {
        this.wire = wire;
        this.mapping = mapping;
        this.namespace = namespace;
        this.options = options;
        this.nobody = nobody;
    }

    /// The sockets in any of these rooms; further calls add rooms. Without a room, no socket is
    /// reached.
    public EmitterTarget to(String... rooms) {
        Set<String> all = union(options.rooms(), rooms);
        return with(
                new BroadcastOptions(
                        all,
                        options.except(),
                        options.isVolatile(),
                        options.compress(),
                        false,
                        null),
                all.isEmpty());
    }

    /// The same as [#to].
    public EmitterTarget in(String... rooms) {
        return to(rooms);
    }

    /// But not those in any of these rooms.
    public EmitterTarget except(String... rooms) {
        return with(
                new BroadcastOptions(
                        options.rooms(),
                        union(options.except(), rooms),
                        options.isVolatile(),
                        options.compress(),
                        false,
                        null),
                nobody);
    }

    /// Events being dropped for clients that cannot take them at once. (Node.js: `volatile`.)
    public EmitterTarget asVolatile() {
        return with(
                new BroadcastOptions(
                        options.rooms(), options.except(), true, options.compress(), false, null),
                nobody);
    }

    /// With compression, where a connection agreed to it, or without.
    public EmitterTarget compress(boolean compress) {
        return with(
                new BroadcastOptions(
                        options.rooms(),
                        options.except(),
                        options.isVolatile(),
                        compress,
                        false,
                        null),
                nobody);
    }

    /// Sends an event.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public void emit(String event, @Nullable Object... args) {
        Messages.checkEvent(event);
        Payload payload = array(event, args);
        if (!nobody) {
            wire.broadcast(new Packet.Event(namespace, Packet.NO_ID, event, payload), options);
        }
    }

    /// Makes the sockets join rooms.
    public void socketsJoin(String... rooms) {
        if (!nobody) {
            wire.join(namespace, options, union(Set.of(), rooms));
        }
    }

    /// Makes the sockets leave rooms.
    public void socketsLeave(String... rooms) {
        if (!nobody) {
            wire.leave(namespace, options, union(Set.of(), rooms));
        }
    }

    /// Makes the sockets leave the namespace; with `close` also closes their connections.
    public void disconnectSockets(boolean close) {
        if (!nobody) {
            wire.disconnect(namespace, options, close);
        }
    }

    /// Sends an event to the servers. They cannot answer it.
    public void serverSideEmit(String event, @Nullable Object... args) {
        wire.serverSideEmit(namespace, array(event, args));
    }

    private Payload array(String event, @Nullable Object[] args) {
        var values = new @Nullable Object[args.length + 1];
        values[0] = event;
        System.arraycopy(args, 0, values, 1, args.length);
        return mapping.writeArray(values);
    }

    private EmitterTarget with(BroadcastOptions changed, boolean toNobody) {
        return new EmitterTarget(wire, mapping, namespace, changed, toNobody);
    }

    private static Set<String> union(Set<String> rooms, String[] more) {
        var union = new LinkedHashSet<>(rooms);
        union.addAll(Arrays.asList(more));
        return Set.copyOf(union);
    }
}
