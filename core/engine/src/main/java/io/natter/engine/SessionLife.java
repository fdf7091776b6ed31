package io.natter.engine;

import io.natter.engine.polling.PollingFormat;
import io.natter.host.ClientMemory;
import io.natter.host.ConnectionsPerAddress;
import io.natter.host.HttpRequest;
import io.natter.host.Loggers;
import io.natter.host.MemoryBudget;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The life of an [EngineSession]: its states, its opening and its end. On the strand, unless a
/// member says otherwise.
abstract sealed class SessionLife extends SessionEvents permits SessionUpgrade {
    private static final Logger log = Loggers.of(EngineSession.class);

    final String id;
    final int protocol;
    final HttpRequest request;
    final Strand strand;
    final SessionTimers timers;
    final ClientMemory memory;
    private final ConnectionsPerAddress.Place place;

    // Written on the strand, read by any thread.
    volatile SessionState state = SessionState.OPENING;
    volatile TransportName transportName = TransportName.POLLING;

    /// Carries the packets. Set when the session opens, before other code sees it.
    @Nullable Transport transport;

    /// The connection of `transport` if a message only needs to be written to it. A broadcast finds
    /// the objects of each session cold, so it touches few of them.
    @Nullable WebSocketConnection directConnection;

    private @Nullable Heartbeat heartbeat;

    boolean isReading = true;

    /// Whether the client has sent anything since its polling handshake.
    private boolean isUsed;

    private CloseReason closeReason = CloseReason.FORCED_CLOSE;
    private String closeDetail = "";

    /// @param call the handshake
    @SuppressWarnings("this-escape") // The account only keeps the session.
    SessionLife(SessionContext context, String id, EngineRequest call) {
        super(context);
        this.id = id;
        this.protocol = call.protocol();
        this.request = call.request();
        this.strand = call.strand();
        this.place = call.place();
        this.memory = new Memory(this);
        this.timers = context.timers(strand);
    }

    /// A session's account with the memory budget. Any thread.
    private static final class Memory extends ClientMemory {
        private final SessionLife session;

        Memory(SessionLife session) {
            this.session = session;
        }

        @Override
        protected MemoryBudget budget() {
            return session.context.options().memoryBudget();
        }

        @Override
        public void closeForMemory(String detail) {
            session.closeForMemory(detail);
        }
    }

    final SessionContext context() {
        return context;
    }

    final SessionTimers timers() {
        return timers;
    }

    final EngineMetrics metrics() {
        return context.metrics();
    }

    /// The address that this session counts for, or null if sessions are not counted.
    final @Nullable InetAddress countedAddress() {
        return place.address();
    }

    final Transport carrier() {
        if (transport == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return transport;
    }

    final Heartbeat beat() {
        if (heartbeat == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return heartbeat;
    }

    final void become(SessionState next, String why) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException(state + " cannot become " + next + ": " + why);
        }
        // A reader of the whole id could speak for the client.
        if (log.isDebugEnabled()) {
            log.debug(
                    "{}: {} -> {} ({})",
                    RateLimitedLog.id(id),
                    state,
                    next,
                    RateLimitedLog.text(why));
        }
        state = next;
    }

    // ---- the opening

    /// The handshake came by a polling `GET`.
    final void openPolling(PollingRequest call) {
        var format = PollingFormat.of(protocol, call.parameter("b64"), call.parameter("j"));
        var polling = new PollingTransport(self(), format);
        start(polling, SessionState.POLLING);
        timers.unusedSessions.add(self());
        polling.respond(call, openPackets());
        listen();
    }

    /// The handshake came by a WebSocket.
    final WebSocketListener openWebSocket(WebSocketConnection connection, UpgradeRequest call) {
        var webSocket = new WebSocketTransport(self(), connection, call);
        transportName = webSocket.name();
        start(webSocket, SessionState.WEBSOCKET);
        directConnection = webSocket.directConnection();
        webSocket.open(openPackets());
        listen();
        return webSocket;
    }

    private void start(Transport first, SessionState opened) {
        transport = first;
        heartbeat = new Heartbeat(self(), timers);
        become(opened, "handshake");
    }

    private List<OutgoingPacket> openPackets() {
        var packets = OpenPacket.of(self());
        if (observer != null) {
            var ignored = packets.stream().allMatch(packet -> observeSent(observer, packet));
        }
        return packets;
    }

    private void listen() {
        var named = listener;
        try {
            named = context.listenerOf(self());
        } catch (Throwable e) {
            failed("making the listener", e);
        }
        listener = named;
        if (state == SessionState.CLOSED) {
            tellClosed(closeReason, closeDetail);
        } else if (context.isClosing()) {
            end(CloseReason.SERVER_SHUTTING_DOWN, "the server closes");
        } else {
            guarded("onConnection", () -> context.opened(self()));
        }
    }

    /// The client has sent something after its handshake, or the session ends.
    final void use() {
        if (!isUsed) {
            isUsed = true;
            timers.unusedSessions.remove(self());
        }
    }

    // ---- the end

    /// Ends an unused session, because there are too many of them.
    final void endUnused(String detail) {
        self().limitExceeded(LimitExceeded.Limit.UNUSED_SESSIONS, detail);
        end(CloseReason.FORCED_CLOSE, detail);
    }

    /// Too much is held for the client.
    final void overLimit(LimitExceeded.Limit limit, String detail) {
        self().limitExceeded(limit, detail);
        var why =
                limit == LimitExceeded.Limit.MEMORY
                        ? "out of memory budget: "
                        : "client too slow: ";
        end(CloseReason.TRANSPORT_ERROR, why + detail);
    }

    private void closeForMemory(String detail) {
        // A strand that has ended has no sessions any more.
        var ignored =
                strand.tryExecute(
                        () -> {
                            if (state != SessionState.CLOSED) {
                                overLimit(LimitExceeded.Limit.MEMORY, detail);
                            }
                        });
    }

    /// Code of Natter or of the application threw. The session's state may be wrong, so the session
    /// ends; all others go on.
    @Override
    final void failed(String where, Throwable cause) {
        context.logs().failure(where, "a session ends, because " + where + " threw", cause);
        if (transport instanceof WebSocketTransport webSocket) {
            webSocket.closeAfterFailure();
        }
        end(
                CloseReason.FORCED_CLOSE,
                "the server failed: " + cause.getClass().getSimpleName() + " in " + where);
    }

    /// Ends the upgrade that is in progress, if there is one.
    abstract void endUpgrade();

    final void end(CloseReason reason, String detail) {
        end(reason, detail, "");
    }

    /// @param rule the rule that the client has broken, or empty
    final void end(CloseReason reason, String detail, String rule) {
        if (state == SessionState.CLOSED) {
            return;
        }
        become(SessionState.CLOSED, reason + ": " + detail);
        use();
        closeReason = reason;
        closeDetail = detail;
        beat().stop();
        endUpgrade();
        try {
            if (!isReading) {
                // A client that is not read could not answer the close frame.
                isReading = true;
                carrier().setReading(true);
            }
            carrier().shut(reason, rule);
        } catch (Throwable e) {
            context.logs().failure("close packet", "a session could not send its close packet", e);
        }
        memory.closeAccount();
        place.free();
        context.closed(self(), reason);
        tellClosed(reason, detail);
    }
}
