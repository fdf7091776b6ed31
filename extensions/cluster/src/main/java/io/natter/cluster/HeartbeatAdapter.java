package io.natter.cluster;

import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An adapter that learns of the other servers by their heartbeats, as
/// `ClusterAdapterWithHeartbeat` of npm `socket.io-adapter`: for brokers that cannot count
/// subscribers, such as PostgreSQL. Every message of a server shows that it is there.
///
/// A subclass implements [#send] and calls [#start] when it hears messages.
public abstract class HeartbeatAdapter extends ClusterAdapter {
    private static final int TICKS_PER_INTERVAL = 5;

    private final Map<String, Long> lastSeen = new ConcurrentHashMap<>();
    private final Heartbeat heartbeat;
    private final ScheduledExecutorService timers;
    private final LongSupplier nanoTime;
    private volatile long lastSent;
    private volatile @Nullable ScheduledFuture<?> ticks;
    private volatile boolean closed;

    /// How servers learn of each other.
    ///
    /// @param interval a server that has published nothing for so long sends a heartbeat; Node.js:
    ///   5 seconds
    /// @param timeout a server from which nothing came for so long is gone; Node.js: 10 seconds
    public record Heartbeat(Duration interval, Duration timeout) {
        /// The defaults of Node.js.
        public static final Heartbeat DEFAULT =
                new Heartbeat(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /// The adapter of one namespace.
    protected HeartbeatAdapter(
            LocalAdapter local, ServerEvents events, Settings settings, Heartbeat heartbeat) {
        this(local, events, settings, heartbeat, System::nanoTime);
    }

    /// With a clock for tests, which call [#tick].
    HeartbeatAdapter(
            LocalAdapter local,
            ServerEvents events,
            Settings settings,
            Heartbeat heartbeat,
            LongSupplier nanoTime) {
        super(local, events, settings);
        this.heartbeat = heartbeat;
        this.timers = settings.timers();
        this.nanoTime = nanoTime;
        lastSent = nanoTime.getAsLong();
    }

    /// Sends a message to all other servers. See [#publish].
    protected abstract void send(ClusterMessage message);

    /// Tells the others that this server has come, and begins to send heartbeats. Called once, when
    /// messages of other servers are heard.
    protected final void start() {
        publish(message(ClusterMessage.INITIAL_HEARTBEAT, null));
        long period = heartbeat.interval().toMillis() / TICKS_PER_INTERVAL + 1;
        ticks = timers.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
    }

    /// Asks the other servers to report again, because messages may have been lost, as when the
    /// broker was away.
    protected final void greet() {
        publish(message(ClusterMessage.INITIAL_HEARTBEAT, null));
    }

    @Override
    protected final void publish(ClusterMessage message) {
        lastSent = nanoTime.getAsLong();
        if (closed) {
            sendLate(message);
        } else {
            send(message);
        }
    }

    /// Handlers of the last sockets may still send when this server has said that it goes. The
    /// others would count it again, and wait for its answers. So the sender is no server.
    private void sendLate(ClusterMessage message) {
        boolean matters =
                switch (message.type()) {
                    case ClusterMessage.BROADCAST, ClusterMessage.SERVER_SIDE_EMIT ->
                            message.requestId() == null;
                    case ClusterMessage.SOCKETS_JOIN,
                            ClusterMessage.SOCKETS_LEAVE,
                            ClusterMessage.DISCONNECT_SOCKETS ->
                            true;
                    default -> false;
                };
        if (matters) {
            send(
                    new ClusterMessage(
                            message.type(), message.data(), ClusterMessage.EMITTER, message.nsp()));
        }
    }

    /// Sends a heartbeat when it is time, and forgets servers that are gone.
    final void tick() {
        long now = nanoTime.getAsLong();
        if (now - lastSent >= heartbeat.interval().toNanos()) {
            publish(message(ClusterMessage.HEARTBEAT, null));
        }
        long timeout = heartbeat.timeout().toNanos();
        lastSeen.forEach(
                (uid, seen) -> {
                    // Not when it was seen in this moment.
                    if (now - seen > timeout && lastSeen.remove(uid, seen)) {
                        requests().gone(uid);
                    }
                });
    }

    @Override
    protected void onMessage(ClusterMessage message, @Nullable String offset) {
        if (closed || isForeign(message)) {
            return;
        }
        String sender = message.uid();
        if (sender != null && !sender.equals(ClusterMessage.EMITTER)) {
            lastSeen.put(sender, nanoTime.getAsLong());
        }
        switch (message.type()) {
            case ClusterMessage.INITIAL_HEARTBEAT ->
                    publish(message(ClusterMessage.HEARTBEAT, null));
            case ClusterMessage.HEARTBEAT -> {}
            case ClusterMessage.ADAPTER_CLOSE -> {
                if (sender != null) {
                    forget(sender);
                }
            }
            default -> super.onMessage(message, offset);
        }
    }

    private void forget(String server) {
        lastSeen.remove(server);
        requests().gone(server);
    }

    /// The ids of the other servers.
    public final Set<String> others() {
        return Set.copyOf(lastSeen.keySet());
    }

    @Override
    CompletableFuture<Peers> peers() {
        return CompletableFuture.completedFuture(Peers.of(others()));
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return CompletableFuture.completedFuture(1 + lastSeen.size());
    }

    /// Tells the others that this server goes. Requests end with the answers that have come.
    @Override
    public void close() {
        ScheduledFuture<?> running = ticks;
        if (running != null) {
            running.cancel(false);
        }
        closed = true;
        send(message(ClusterMessage.ADAPTER_CLOSE, null));
        others().forEach(this::forget);
        super.close();
    }
}
