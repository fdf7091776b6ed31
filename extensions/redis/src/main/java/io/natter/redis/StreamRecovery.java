package io.natter.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageReader;
import io.natter.cluster.Messages;
import io.natter.protocol.MessagePack;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter.Recovery;
import io.natter.socketio.adapter.Adapter.Session;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.payload.JsonMapping;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps lost sessions in Redis, and restores them with the events of the stream on any server, as
/// npm `@socket.io/redis-streams-adapter` does.
final class StreamRecovery {
    private static final int PAGE = 1_000;
    private static final int MOST_PAGES = 100;

    /// A restored session that is not used in this time is forgotten.
    private static final Duration UNUSED = Duration.ofSeconds(30);

    private final RedisStreamsAdapter.Settings settings;
    private final String namespace;
    private final String stream;
    private final JsonMapping mapping;
    private final Duration keptFor;
    private final BooleanSupplier ahead;
    private final Set<RestoredSession> restoring = ConcurrentHashMap.newKeySet();

    /// @param keptFor how long a client may be away
    /// @param ahead whether events were delivered here that are not in the stream yet
    StreamRecovery(
            RedisStreamsAdapter.Settings settings,
            String namespace,
            String stream,
            JsonMapping mapping,
            Duration keptFor,
            BooleanSupplier ahead) {
        this.settings = settings;
        this.namespace = namespace;
        this.stream = stream;
        this.mapping = mapping;
        this.keptFor = keptFor;
        this.ahead = ahead;
    }

    private RedisClusterAsyncCommands<String, byte[]> commands() {
        return settings.link().commands;
    }

    /// Sessions are `{sid, pid, rooms, data}` in MessagePack and Base64; Node.js counts the id of
    /// the socket among its rooms.
    void persist(Session session) {
        var rooms = new LinkedHashSet<String>();
        rooms.add(session.sid());
        rooms.addAll(session.rooms());
        var kept = new LinkedHashMap<String, Object>();
        kept.put("sid", session.sid());
        kept.put("pid", session.pid());
        kept.put("rooms", rooms);
        kept.put("data", session.data());
        byte[] value = Base64.getEncoder().encode(MessagePack.encode(mapping.write(kept)));
        settings.link()
                .outbox
                .send(
                        value.length,
                        () ->
                                commands()
                                        .set(
                                                settings.sessionKeyPrefix() + session.pid(),
                                                value,
                                                SetArgs.Builder.px(keptFor.toMillis())));
    }

    /// An event of the stream is about to be delivered on this server.
    void passes(Packet.Event event, BroadcastOptions options, long number) {
        for (RestoredSession session : restoring) {
            session.passes(event, options, number);
        }
    }

    /// See [io.natter.socketio.adapter.Adapter#restoreSession]. One server only gets the session.
    CompletableFuture<@Nullable Recovery> restore(String pid, String offset) {
        if (StreamFormat.number(offset) < 0
                || !settings.link().isConnected()
                || ahead.getAsBoolean()) {
            return CompletableFuture.completedFuture(null);
        }
        var restored = new RestoredSession(restoring::remove);
        restoring.add(restored);
        var late =
                settings.link()
                        .timers
                        .schedule(
                                () -> restoring.remove(restored),
                                UNUSED.toMillis(),
                                TimeUnit.MILLISECONDS);
        var session = commands().getdel(settings.sessionKeyPrefix() + pid).toCompletableFuture();
        return commands()
                .xrange(stream, Range.create(offset, offset))
                .toCompletableFuture()
                .thenCombine(
                        session,
                        (known, kept) -> {
                            if (kept == null || known.isEmpty()) {
                                return false;
                            }
                            restored.session(session(kept));
                            return true;
                        })
                .thenCompose(
                        found ->
                                found
                                        ? readOn(restored, offset, MOST_PAGES)
                                        : CompletableFuture.completedFuture(false))
                .handle(
                        (complete, failure) -> {
                            if (failure == null
                                    && complete
                                    && restored.isComplete()
                                    && !ahead.getAsBoolean()) {
                                return restored;
                            }
                            late.cancel(false);
                            restoring.remove(restored);
                            return null;
                        });
    }

    private Session session(byte[] kept) {
        Payload session = MessageReader.messagePack(Base64.getDecoder().decode(kept));
        String sid = String.valueOf(MessageReader.text(session, "sid"));
        Set<String> rooms = MessageReader.texts(session, "rooms");
        rooms.remove(sid);
        return new Session(
                sid,
                String.valueOf(MessageReader.text(session, "pid")),
                rooms,
                Messages.data(session, mapping));
    }

    /// Reads what came after an entry, page by page.
    private CompletableFuture<Boolean> readOn(RestoredSession restored, String after, int pages) {
        return commands()
                .xrange(
                        stream,
                        Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded()),
                        Limit.from(PAGE))
                .toCompletableFuture()
                .thenCompose(
                        page -> {
                            page.forEach(entry -> read(restored, entry));
                            return page.size() < PAGE
                                    ? CompletableFuture.completedFuture(true)
                                    : pages == 1
                                            ? CompletableFuture.completedFuture(false)
                                            : readOn(restored, page.getLast().getId(), pages - 1);
                        });
    }

    private void read(RestoredSession restored, StreamMessage<String, byte[]> entry) {
        var fields = entry.getBody();
        long number = StreamFormat.number(entry.getId());
        if (!namespace.equals(StreamFormat.namespace(fields))) {
            restored.read(number);
            return;
        }
        try {
            Seal seal = settings.link().seal;
            if (seal != null) {
                seal.check(stream, fields);
            }
            ClusterMessage message = StreamFormat.read(fields);
            Payload data = message.data();
            if (message.type() == ClusterMessage.BROADCAST && data != null) {
                var options = MessageReader.options(MessageReader.required(data, "opts"));
                var event =
                        MessageReader.event(
                                MessageReader.required(data, "packet"), namespace, Packet.NO_ID);
                if (!options.isVolatile()) {
                    restored.read(StreamFormat.withOffset(event, entry.getId()), options, number);
                }
            }
        } catch (IllegalArgumentException malformed) {
            settings.link().metrics.malformed.increment();
        }
        restored.read(number);
    }
}
