package io.natter.postgres;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageWriter;
import io.natter.cluster.Messages;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.JsonMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Sends to the clients of a cluster from a process that has no sockets, over the database of its
/// [PostgresAdapter]s. Servers on Node.js with npm `@socket.io/postgres-adapter` hear it, too.
///
/// ```java
/// var emitter = PostgresEmitter.create(dataSource);
/// emitter.of("/shop").to("customer:42").emit("order", order);
/// ```
///
/// With [#inTransaction], messages are part of a transaction: they go out when it commits, and
/// never when it is rolled back.
///
/// A value: each method returns another one. Any thread; methods that send block until PostgreSQL
/// has taken the message, and throw [PostgresException] if it does not.
public final class PostgresEmitter {
    private final Settings settings;
    private final Target target;

    private PostgresEmitter(Settings settings, Target target) {
        this.settings = settings;
        this.target = target;
    }

    /// @param transaction the application's connection, or null for one of `database`
    private record Settings(
            DataSource database,
            @Nullable Connection transaction,
            Wire wire,
            JsonMapping mapping) {}

    /// @param addressed whether rooms were asked for; then no room means no receiver
    private record Target(String namespace, BroadcastOptions options, boolean addressed) {}

    /// An emitter for the namespace `/`, with the names of [PostgresAdapter]'s defaults.
    public static PostgresEmitter create(DataSource database) {
        return new PostgresEmitter(
                new Settings(database, null, Wire.DEFAULT, new JacksonMapping()),
                new Target("/", BroadcastOptions.ALL, false));
    }

    /// With the prefix and the table that the servers have.
    ///
    /// @throws IllegalArgumentException if one of them is not possible
    public PostgresEmitter names(String channelPrefix, String tableName) {
        return with(
                new Settings(
                        settings.database,
                        settings.transaction,
                        new Wire(channelPrefix, tableName, settings.wire.threshold()),
                        settings.mapping));
    }

    /// With another way to write arguments.
    public PostgresEmitter mapping(JsonMapping mapping) {
        return with(new Settings(settings.database, settings.transaction, settings.wire, mapping));
    }

    /// Sends with this connection and in its transaction. Where the connection commits each
    /// statement by itself, messages go out at once.
    public PostgresEmitter inTransaction(Connection transaction) {
        return with(new Settings(settings.database, transaction, settings.wire, settings.mapping));
    }

    /// For another namespace.
    ///
    /// @throws IllegalArgumentException if its name is too long for a channel
    public PostgresEmitter of(String namespace) {
        String name = namespace.startsWith("/") ? namespace : "/" + namespace;
        if (!Wire.fits(settings.wire.channel(name))) {
            throw new IllegalArgumentException(
                    "the channel '" + settings.wire.channel(name) + "' has more than 63 bytes");
        }
        return new PostgresEmitter(settings, new Target(name, target.options, target.addressed));
    }

    /// The sockets in any of these rooms. Each call adds to the rooms. Without a room, no socket is
    /// reached. (Node.js: `to([])` reaches every socket.)
    public PostgresEmitter to(String... rooms) {
        var options = options(joined(target.options.rooms(), rooms), target.options.except());
        return new PostgresEmitter(settings, new Target(target.namespace, options, true));
    }

    /// Excludes the sockets in any of these rooms.
    public PostgresEmitter except(String... rooms) {
        return with(options(target.options.rooms(), joined(target.options.except(), rooms)));
    }

    /// Events being dropped for clients that cannot take them at once. (Node.js: `volatile`.)
    public PostgresEmitter asVolatile() {
        var old = target.options;
        return with(
                new BroadcastOptions(old.rooms(), old.except(), true, old.compress(), false, null));
    }

    /// With compression, where a connection agreed to it, or without.
    public PostgresEmitter compress(boolean compress) {
        var old = target.options;
        return with(
                new BroadcastOptions(
                        old.rooms(), old.except(), old.isVolatile(), compress, false, null));
    }

    private BroadcastOptions options(Set<String> rooms, Set<String> except) {
        var old = target.options;
        return new BroadcastOptions(rooms, except, old.isVolatile(), old.compress(), false, null);
    }

    private static Set<String> joined(Set<String> before, String... more) {
        return Stream.concat(before.stream(), Stream.of(more))
                .collect(Collectors.toUnmodifiableSet());
    }

    private PostgresEmitter with(Settings changed) {
        return new PostgresEmitter(changed, target);
    }

    private PostgresEmitter with(BroadcastOptions options) {
        return new PostgresEmitter(
                settings, new Target(target.namespace, options, target.addressed));
    }

    /// Sends an event to the clients.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public void emit(String event, @Nullable Object... args) {
        Messages.checkEvent(event);
        var packet = new Packet.Event(target.namespace, Packet.NO_ID, event, array(event, args));
        send(
                ClusterMessage.BROADCAST,
                new MessageWriter().object("packet", Messages.packet(packet, true)));
    }

    /// Makes them join rooms.
    public void socketsJoin(String... rooms) {
        send(ClusterMessage.SOCKETS_JOIN, new MessageWriter().texts("rooms", List.of(rooms)));
    }

    /// Makes them leave rooms.
    public void socketsLeave(String... rooms) {
        send(ClusterMessage.SOCKETS_LEAVE, new MessageWriter().texts("rooms", List.of(rooms)));
    }

    /// Makes them leave the namespace; with `close` also closes their connections.
    public void disconnectSockets(boolean close) {
        send(ClusterMessage.DISCONNECT_SOCKETS, new MessageWriter().flag("close", close));
    }

    /// Sends an event to the servers. Rooms have no effect.
    public void serverSideEmit(String event, @Nullable Object... args) {
        publish(
                ClusterMessage.SERVER_SIDE_EMIT,
                new MessageWriter().payload("packet", array(event, args)));
    }

    private Payload array(String event, @Nullable Object... args) {
        @Nullable Object[] all = new @Nullable Object[args.length + 1];
        all[0] = event;
        System.arraycopy(args, 0, all, 1, args.length);
        return settings.mapping.writeArray(all);
    }

    private void send(int type, MessageWriter data) {
        if (target.addressed && target.options.rooms().isEmpty()) {
            return;
        }
        publish(type, data.object("opts", Messages.options(target.options)));
    }

    private void publish(int type, MessageWriter data) {
        var message =
                new MessageWriter()
                        .number("type", type)
                        .object("data", data)
                        .text("uid", ClusterMessage.EMITTER)
                        .text("nsp", target.namespace);
        if (settings.transaction != null) {
            // Of equal notifications of one transaction, PostgreSQL sends the first alone.
            message.text("id", Messages.randomId(8));
        }
        var outgoing =
                new OutgoingMessage(
                        settings.wire.channel(target.namespace),
                        ClusterMessage.EMITTER,
                        type,
                        message.build());
        try {
            Connection transaction = settings.transaction;
            if (transaction != null) {
                send(transaction, outgoing);
            } else {
                try (Connection own = Connections.of(settings.database).open()) {
                    send(own, outgoing);
                }
            }
        } catch (SQLException e) {
            throw new PostgresException("PostgreSQL did not take the message", e);
        }
    }

    private void send(Connection connection, OutgoingMessage message) throws SQLException {
        var statements = new Statements(settings.wire.table());
        if (message.isInline(settings.wire.threshold())) {
            statements.publish(connection, List.of(message));
        } else {
            statements.publishWithRow(connection, message);
        }
    }
}
