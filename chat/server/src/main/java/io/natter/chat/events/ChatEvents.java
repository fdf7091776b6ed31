package io.natter.chat.events;

import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.Origins;
import io.natter.chat.access.PersonLimits;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.watch.Operations;
import io.natter.chat.wire.WireAdmin;
import io.natter.chat.wire.WireErrors;
import io.natter.chat.wire.WireJson;
import io.natter.chat.wire.WireRooms;
import io.natter.protocol.Parser;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.PayloadException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The chat over Socket.IO: who may connect, and what belongs to a connection. The handlers are in
/// their own classes, and `docs/chat-events.md` specifies the events.
public final class ChatEvents {
    private static final Logger log = LoggerFactory.getLogger(ChatEvents.class);

    /// No frame and no request body of a client is longer.
    public static final int MAX_FRAME = 64 * 1024;

    /// Events of one socket in a second, far above every limit of a person: it bounds what those do
    /// not see.
    public static final int EVENTS_PER_SECOND = 100;

    private final Presence presence;
    private final Limits limits;
    private final Operations operations;
    private final SocketAdmission admission;
    private final Connections connections = new Connections();
    private final StoreState storeState = new StoreState();
    private final HelloHandler hello;
    private final MessageHandlers messages;
    private final ReadingHandlers reading;
    private final RoomHandlers rooms;
    private final PeopleHandlers people;
    private final ModerationHandlers moderation;
    private final PlaceHandlers place;
    private final PersonalHandlers personal;
    private final AdminHandlers admin;
    private final SocketIoServer io;

    public ChatEvents(
            ChatStore store,
            Presence presence,
            Limits limits,
            Origins origins,
            ClientAddresses addresses,
            InstantSource clock,
            int eventsPerSecond,
            Operations operations,
            Function<Person, WireAdmin.Status> status) {
        this.presence = presence;
        this.limits = limits;
        this.operations = operations;
        this.admission =
                new SocketAdmission(
                        store.sessions(),
                        store.bots(),
                        presence,
                        limits,
                        origins,
                        addresses,
                        operations);
        this.hello = new HelloHandler(store, connections, presence, clock, storeState);
        this.messages = new MessageHandlers(store.messages());
        this.reading = new ReadingHandlers(store.messages());
        this.rooms = new RoomHandlers(store.rooms());
        this.people = new PeopleHandlers(store, presence, connections, clock);
        this.moderation = new ModerationHandlers(store.place());
        this.place = new PlaceHandlers(store);
        this.personal = new PersonalHandlers(store.personal());
        this.admin = new AdminHandlers(store.admin(), presence, status);
        this.io =
                SocketIoServer.create(
                        options(addresses, clock, eventsPerSecond, origins.basePath()));
        io.engine()
                .use((request, _) -> admission.checkOrigin(request))
                .onLimit(hit -> log.debug("A client reached a limit: {}", hit.detail()));
        io.use(admission::admit);
        io.onConnection(this::connected);
        store.onCommitted(new Publisher(io, connections, presence)::publish);
    }

    private static SocketIoOptions options(
            ClientAddresses addresses, InstantSource clock, int eventsPerSecond, String basePath) {
        return SocketIoOptions.builder()
                .path(basePath + "/socket.io")
                // Ours is stricter than the engine's and knows --origin.
                .checkOrigin(false)
                .maxWaitingPackets(256)
                .maxConnectionsPerAddress(Limits.SOCKETS_PER_ADDRESS)
                .clientAddress(addresses)
                .maxHttpBufferSize(MAX_FRAME)
                .limits(new Parser.Limits(0, 0, 16))
                .connectTimeout(Duration.ofSeconds(10))
                .maxWaitingEvents(256)
                .maxEventsPerSecond(eventsPerSecond)
                .mapping(new JacksonMapping(WireJson.JSON))
                .errorAnswer(ChatEvents::errorAnswer)
                .clock(clock)
                .build();
    }

    /// The server, to be attached to a host.
    public SocketIoServer io() {
        return io;
    }

    private void connected(Socket socket) {
        Session session = SocketAdmission.session(socket);
        Person me = session.person();
        presence.arrive(me);
        ConnectedClient client = new ConnectedClient(socket, me, limits, operations);
        socket.onDisconnect(
                _ -> {
                    connections.remove(me, socket);
                    presence.leave(me);
                });
        socket.use((event, _) -> check(client, event));
        // Refusals of check: answered already, and nothing the operator could do about.
        socket.onError(refused -> log.debug("{} was refused: {}", me.id(), refused.getMessage()));
        hello.listen(client);
        messages.listen(client);
        reading.listen(client);
        rooms.listen(client);
        people.listen(client);
        moderation.listen(client);
        place.listen(client);
        personal.listen(client);
        admin.listen(client);
        socket.join(Connections.sessionRoom(session.id()));
        // Ended between the check and the join, where endSession could not see this socket.
        if (!admission.stillValid(socket)) {
            socket.disconnect(true);
        }
    }

    private void check(ConnectedClient client, String event) {
        Socket socket = client.socket();
        Person me = client.me();
        if (limits.of(me.id()).overrun()) {
            if (socket.connected()) {
                log.info("{} does not heed the limits and is cut off", me.id());
                socket.disconnect(true);
            }
            throw ChatError.rate(PersonLimits.WINDOW).exception();
        }
        if (!client.knows(event)) {
            throw ChatError.unknown("event").exception();
        }
    }

    /// Closes the sockets of a session that has ended.
    public void endSession(Session session) {
        presence.signOut(session.person().id());
        io.in(Connections.sessionRoom(session.id())).disconnectSockets(true);
    }

    // ---- who is told

    /// Tells everybody who came and who went since the last time.
    public void gatherPresence() {
        presence.gather()
                .ifPresent(
                        change ->
                                io.to(Connections.messageRoom(RoomHead.GENERAL))
                                        .emit(
                                                "presence",
                                                new WireRooms.Presence(
                                                        change.count(),
                                                        change.joined(),
                                                        change.left())));
        limits.forget();
    }

    /// Tells everybody if the store has a new trouble, or none any more. For one thread.
    public void announceStore(Optional<StoreTrouble> trouble) {
        storeState.announce(io, trouble);
    }

    /// Tells everybody that the server closes soon.
    public void announceClosing(Duration in) {
        io.emit("server.closing", new WireRooms.Closing(in.toMillis()));
    }

    /// The answer to a client after a handler threw.
    static Object errorAnswer(Throwable thrown) {
        if (thrown instanceof PayloadException) {
            return WireErrors.refused(
                    ChatError.badRequest("What was sent has not the form of this event."));
        }
        return WireErrors.refused(ChatError.of(thrown));
    }
}
