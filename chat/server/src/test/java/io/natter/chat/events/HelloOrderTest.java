package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.ManualClock;
import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.Origins;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.room.NewRoom;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import io.natter.chat.domain.room.RoomStore;
import io.natter.chat.domain.room.Topic;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.watch.Operations;
import io.natter.chat.web.TestClient;
import io.natter.netty.NettyHost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Changes during `hello` are neither lost nor sent to the wrong people.
class HelloOrderTest {
    @TempDir Path directory;

    private final ManualClock clock = new ManualClock();
    private SqliteStore store; // set before each test
    private Person ann = new Person("", "", 0);
    private SignedIn bob; // set before each test

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(directory, clock);
        ann = signIn("Ann").session().person();
        bob = signIn("Bob");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private SignedIn signIn(String name) {
        return store.sessions().signIn(PersonName.of(name), Optional.empty()).join();
    }

    private void post(String room, String text) {
        store.messages().post(Draft.of(room, ann, text.replace(' ', '-'), text)).join();
    }

    /// Writes are answered before they are published; the next answer is after that.
    private void awaitPublication() {
        store.rooms().read(ann, RoomHead.GENERAL, 0).join();
    }

    private String privateRoom() {
        NewRoom room =
                NewRoom.of(
                        RoomKind.PRIVATE,
                        RoomName.of("Plans"),
                        new Topic(""),
                        Set.of(bob.session().person().id()));
        return store.rooms().create(ann, room).join().head().id();
    }

    @Test
    void aMessageThatIsSentBehindTheSnapshotComesAsAnEvent() throws Exception {
        Runnable meanwhile =
                () -> {
                    post(RoomHead.GENERAL, "just now");
                    awaitPublication();
                };
        try (Server server = new Server("snapshot", meanwhile)) {
            assertThat(server.client.hello().at("/rooms/0/last_ver").asLong()).isZero();
            JsonNode ev = server.client.next("ev");
            assertThat(ev.at("/ver").asLong()).isEqualTo(1);
            assertThat(ev.at("/m/text").asString()).isEqualTo("just now");
        }
    }

    @Test
    void aRoomThatIsEnteredWhileTheRoomsAreReadIsHeard() throws Exception {
        Runnable meanwhile =
                () -> {
                    String room = privateRoom();
                    awaitPublication();
                    post(room, "welcome");
                    awaitPublication();
                };
        try (Server server = new Server("joined", meanwhile)) {
            JsonNode welcome = server.client.hello();
            assertThat(welcome.at("/rooms")).hasSize(2);
            assertThat(server.client.next("me.ev").at("/ver").asLong())
                    .isEqualTo(welcome.at("/me_ver").asLong());
            assertThat(server.client.next("ev").at("/m/text").asString()).isEqualTo("welcome");
        }
    }

    @Test
    void aRoomThatIsLeftWhileTheRoomsAreReadIsNotHeard() throws Exception {
        String room = privateRoom();
        Runnable meanwhile =
                () -> {
                    store.rooms().leave(bob.session().person(), room).join();
                    awaitPublication();
                };
        try (Server server = new Server("joined", meanwhile)) {
            assertThat(server.client.hello().at("/rooms")).hasSize(1);
            post(room, "secret");
            post(RoomHead.GENERAL, "public");
            assertThat(server.client.next("ev").at("/m/text").asString()).isEqualTo("public");
        }
    }

    /// A server whose store does something, once, between reading and handing out.
    private final class Server implements AutoCloseable {
        private final NettyHost host;
        private final TestClient client;

        Server(String method, Runnable then) {
            AtomicBoolean done = new AtomicBoolean();
            RoomStore rooms =
                    watched(
                            RoomStore.class,
                            store.rooms(),
                            method,
                            read -> {
                                if (done.compareAndSet(false, true)) {
                                    then.run();
                                }
                                return read;
                            });
            Origins origins = new Origins("127.0.0.1", List.of());
            ChatEvents events =
                    new ChatEvents(
                            watched(ChatStore.class, store, "rooms", _ -> rooms),
                            new Presence(clock),
                            new Limits(clock),
                            origins,
                            new ClientAddresses(List.of()),
                            clock,
                            ChatEvents.EVENTS_PER_SECOND,
                            Operations.unwatched(),
                            _ -> {
                                throw new AssertionError("no test asks");
                            });
            host = NettyHost.listen(events.io(), 0);
            origins.bound(host.port(), false);
            client =
                    new TestClient(
                            "http://127.0.0.1:" + host.port(),
                            "natter_session=" + bob.token().secret());
        }

        @Override
        public void close() {
            client.close();
            host.close();
        }
    }

    private static <T> T watched(
            Class<T> type, T watched, String name, UnaryOperator<Object> result) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            try {
                                Object returned = method.invoke(watched, arguments);
                                return method.getName().equals(name)
                                        ? result.apply(returned)
                                        : returned;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
