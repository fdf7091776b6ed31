package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.ManualClock;
import io.natter.chat.domain.ChatStore;
import io.natter.chat.domain.Draft;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.Room;
import io.natter.chat.domain.SignedIn;
import io.natter.chat.store.SqliteStore;
import io.natter.netty.NettyHost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HelloOrderTest {
    @Test
    void whatIsSaidWhileTheSnapshotIsOnItsWayComesAsAnEvent(@TempDir Path directory)
            throws Exception {
        ManualClock clock = new ManualClock();
        try (SqliteStore store = SqliteStore.open(directory, clock)) {
            Person ann = store.signIn(PersonName.of("Ann")).join().session().person();
            SignedIn bob = store.signIn(PersonName.of("Bob")).join();
            Draft draft = Draft.of(Room.GENERAL, ann, "c1", "just now");
            ChatStore slow =
                    afterEachSnapshot(
                            store,
                            () -> {
                                store.post(draft).join();
                                // Answered before it is published; the next answer is after that.
                                store.read(ann, Room.GENERAL, 1).join();
                            });
            Origins origins = new Origins("127.0.0.1", List.of());
            ChatEvents events =
                    new ChatEvents(slow, new Presence(clock), new Limits(clock), origins, clock);
            try (NettyHost host = NettyHost.listen(events.io(), 0)) {
                origins.bound(host.port());
                try (TestClient client =
                        new TestClient(
                                "http://127.0.0.1:" + host.port(),
                                "natter_session=" + bob.token().secret())) {
                    JsonNode welcome = client.hello();
                    assertThat(welcome.at("/delta/general/to").asLong()).isZero();
                    JsonNode ev = client.next("ev");
                    assertThat(ev.at("/ver").asLong()).isEqualTo(1);
                    assertThat(ev.at("/m/text").asString()).isEqualTo("just now");
                }
            }
        }
    }

    /// The store, doing something between taking a snapshot and handing it out.
    private static ChatStore afterEachSnapshot(ChatStore store, Runnable then) {
        return (ChatStore)
                Proxy.newProxyInstance(
                        ChatStore.class.getClassLoader(),
                        new Class<?>[] {ChatStore.class},
                        (_, method, arguments) -> {
                            try {
                                Object result = method.invoke(store, arguments);
                                if (method.getName().equals("snapshot")) {
                                    then.run();
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
