package io.natter.conformance;

import io.natter.socketio.Args;
import io.natter.socketio.BroadcastTarget;
import io.natter.socketio.BroadcastTimeoutException;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.presence.Presence;
import io.natter.socketio.presence.PresenceEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Runs the commands of [ClusterCommand]. Bytes are written as `{"$bytes":"hex"}`.
final class ClusterCommands {
    private final SocketIoServer io;
    private final List<List<?>> seen = new ArrayList<>();
    private volatile @Nullable JsonNode reply;

    private final ClusterAdapters.Shared shared;
    private final Presence users;
    private final List<String> presenceTold = new ArrayList<>();
    private ClusterAdapters.@Nullable Emitter emitter;

    private final Supplier<Map<String, Long>> forwarding;

    /// @param forwarding what was counted of requests that were passed on
    ClusterCommands(
            SocketIoServer io,
            ClusterAdapters.Shared shared,
            Supplier<Map<String, Long>> forwarding) {
        this.io = io;
        this.shared = shared;
        users =
                Presence.by(socket -> (String) socket.handshake().auth().get("user"))
                        .data(socket -> socket.handshake().auth().get("data"))
                        .grace(Duration.ofSeconds(2))
                        .heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(3))
                        .onJoin(user -> tell("+" + user.key()))
                        .onLeave(user -> tell("-" + user.key()))
                        .start(io);
        this.forwarding = forwarding;
        for (String name : List.of("/", "/custom")) {
            io.of(name)
                    .onServerSide(
                            "hello",
                            (args, ack) -> {
                                synchronized (seen) {
                                    seen.add(args.toList());
                                }
                                JsonNode answer = reply;
                                if (ack.wanted() && answer != null) {
                                    ack.send(value(answer));
                                }
                            });
        }
    }

    /// Runs a command; its answer, perhaps later.
    CompletableFuture<Map<String, ?>> run(JsonNode command) {
        if (command.path("emitter").asBoolean(false)) {
            beside(command);
            return CompletableFuture.completedFuture(Map.of());
        }
        return switch (command.path("op").asString("")) {
            case "emit" -> emit(command);
            case "serverSideEmit" -> serverSideEmit(command);
            case "serverCount" ->
                    namespace(command)
                            .adapter()
                            .serverCount()
                            .thenApply(count -> Map.of("count", count));
            default -> CompletableFuture.completedFuture(now(command));
        };
    }

    /// Sends by an emitter instead of by this server.
    private void beside(JsonNode command) {
        ClusterAdapters.Emitter connected = emitter;
        if (connected == null) {
            connected = shared.emitter().get();
            emitter = connected;
        }
        var sender =
                connected.of(
                        command.path("nsp").asString("/"),
                        texts(command, "rooms"),
                        texts(command, "except"));
        String event = command.path("event").asString("");
        switch (command.path("op").asString("")) {
            case "emit" -> sender.emit(event, args(command));
            case "socketsJoin" -> sender.socketsJoin(texts(command, "join"));
            case "socketsLeave" -> sender.socketsLeave(texts(command, "leave"));
            case "disconnectSockets" ->
                    sender.disconnectSockets(command.path("close").asBoolean(false));
            case "serverSideEmit" -> sender.serverSideEmit(event, args(command));
            default -> throw new IllegalArgumentException("no emitter does this: " + command);
        }
    }

    private void tell(String change) {
        synchronized (presenceTold) {
            presenceTold.add(change);
        }
    }

    private Map<String, ?> now(JsonNode command) {
        switch (command.path("op").asString("")) {
            case "presence" -> {
                synchronized (presenceTold) {
                    return Map.of(
                            "users",
                            users.list().stream().map(PresenceEntry::toMap).toList(),
                            "told",
                            List.copyOf(presenceTold));
                }
            }
            case "health" -> {
                return Map.of(
                        "connected", shared.isConnected().getAsBoolean(),
                        "counts", shared.counts().get(),
                        "forwarding", forwarding.get());
            }
            case "socketsJoin" -> target(command).socketsJoin(texts(command, "join"));
            case "socketsLeave" -> target(command).socketsLeave(texts(command, "leave"));
            case "disconnectSockets" ->
                    target(command).disconnectSockets(command.path("close").asBoolean(false));
            case "fetchSockets" -> {
                return Map.of(
                        "sockets",
                        target(command).fetchSockets().stream()
                                .map(
                                        socket ->
                                                Map.of(
                                                        "id", socket.id(),
                                                        "rooms", socket.rooms(),
                                                        "data", socket.data(),
                                                        "handshake", socket.handshake()))
                                .toList());
            }
            case "rooms" -> {
                return Map.of("rooms", socket(command).rooms());
            }
            case "join" -> socket(command).join(texts(command, "join"));
            case "data" ->
                    command.path("data")
                            .propertyStream()
                            .forEach(
                                    entry ->
                                            socket(command)
                                                    .data()
                                                    .put(entry.getKey(), value(entry.getValue())));
            case "handshake" -> {
                return Map.of("handshake", socket(command).handshake().toMap());
            }
            case "answerWith" -> reply = command.get("value");
            case "seen" -> {
                synchronized (seen) {
                    var all = List.copyOf(seen);
                    seen.clear();
                    return Map.of("seen", all);
                }
            }
            default -> throw new IllegalArgumentException("no such command: " + command);
        }
        return Map.of();
    }

    private CompletableFuture<Map<String, ?>> emit(JsonNode command) {
        String event = command.path("event").asString("");
        @Nullable Object[] args = args(command);
        if (!command.path("ack").isNumber()) {
            target(command).emit(event, args);
            return CompletableFuture.completedFuture(Map.of());
        }
        return answers(
                target(command)
                        .timeout(Duration.ofMillis(command.path("ack").asLong()))
                        .emitWithAck(event, args));
    }

    private CompletableFuture<Map<String, ?>> serverSideEmit(JsonNode command) {
        String event = command.path("event").asString("");
        if (command.path("ack").asBoolean(false)) {
            return answers(namespace(command).serverSideEmitWithAck(event, args(command)));
        }
        namespace(command).serverSideEmit(event, args(command));
        return CompletableFuture.completedFuture(Map.of());
    }

    private static CompletableFuture<Map<String, ?>> answers(CompletableFuture<List<Args>> all) {
        return all.handle(
                (answers, failure) -> {
                    Throwable cause =
                            failure instanceof CompletionException wrapped
                                    ? wrapped.getCause()
                                    : failure;
                    if (cause instanceof BroadcastTimeoutException late) {
                        return Map.of("error", "timeout", "answers", first(late.answers()));
                    }
                    return cause == null
                            ? Map.of("answers", first(answers))
                            : Map.of("error", String.valueOf(cause));
                });
    }

    private static List<?> first(List<Args> answers) {
        return answers.stream().map(args -> shown(args.get(0, Object.class))).toList();
    }

    private Namespace namespace(JsonNode command) {
        return io.of(command.path("nsp").asString("/"));
    }

    private Socket socket(JsonNode command) {
        Socket socket = namespace(command).socket(command.path("sid").asString(""));
        if (socket == null) {
            throw new IllegalArgumentException("no such socket");
        }
        return socket;
    }

    private BroadcastTarget target(JsonNode command) {
        BroadcastTarget target = namespace(command);
        if (!command.path("rooms").isEmpty()) {
            target = target.to(texts(command, "rooms"));
        }
        if (!command.path("except").isEmpty()) {
            target = target.except(texts(command, "except"));
        }
        JsonNode flags = command.path("flags");
        if (flags.path("local").asBoolean(false)) {
            target = target.local();
        }
        return flags.path("volatile").asBoolean(false) ? target.asVolatile() : target;
    }

    private static String[] texts(JsonNode command, String name) {
        return command.path(name).valueStream().map(JsonNode::asString).toArray(String[]::new);
    }

    private static @Nullable Object[] args(JsonNode command) {
        return command.path("args").valueStream().map(ClusterCommands::value).toArray();
    }

    /// A value as an application would pass it.
    private static @Nullable Object value(JsonNode json) {
        if (json.isObject()) {
            if (json.has("$bytes")) {
                return HexFormat.of().parseHex(json.path("$bytes").asString());
            }
            var map = new LinkedHashMap<String, @Nullable Object>();
            json.propertyStream().forEach(e -> map.put(e.getKey(), value(e.getValue())));
            return map;
        }
        if (json.isArray()) {
            var list = new ArrayList<@Nullable Object>();
            json.valueStream().forEach(element -> list.add(value(element)));
            return list;
        }
        return json.isNull()
                ? null
                : json.isString()
                        ? json.asString()
                        : json.isBoolean() ? (Object) json.asBoolean() : json.numberValue();
    }

    /// A value as JSON can tell it.
    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? Map.of("$bytes", HexFormat.of().formatHex(bytes))
                : value;
    }
}
