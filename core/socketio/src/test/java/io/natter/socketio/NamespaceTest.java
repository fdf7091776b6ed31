package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.dispatch.Dispatch;
import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.adapter.RoomListener;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Namespaces that come and go.
final class NamespaceTest {
    private final List<String> seen = new ArrayList<>();
    private SocketIoServer io = SocketTest.server(SocketIoOptions.builder());
    private InProcessHost host = new InProcessHost(io);

    private Wire open() {
        return Wire.Kind.WEBSOCKET.open(host);
    }

    @Test
    void aLeadingSlashMayBeLeftOut() {
        assertThat(io.of("admin")).isSameAs(io.of("/admin"));
        assertThat(io.of("").name()).isEqualTo("/");
    }

    @Test
    void aPatternMakesNamespacesAsTheyAreAskedFor() {
        io.onNewNamespace(nsp -> seen.add("new " + nsp.name()));
        var parent = io.of(Pattern.compile("^/room-\\d+$"));
        parent.onConnection(socket -> seen.add("in " + socket.nsp().name()));
        var client = open();
        client.send("0/room-7,");
        client.send("0/room-x,");
        assertThat(client.received().getLast())
                .isEqualTo("4/room-x,{\"message\":\"Invalid namespace\"}");
        assertThat(seen).containsExactly("new /room-7", "in /room-7");
        parent.emit("all");
        assertThat(client.received()).containsExactly("2/room-7,[\"all\"]");
        assertThatThrownBy(parent::fetchSockets).isInstanceOf(IllegalStateException.class);
        assertThat(parent.children()).containsExactly(io.of("/room-7"));
    }

    @Test
    void aPredicateSeesNameAndCredentials() {
        io.of((name, handshake) -> name.equals("/" + handshake.auth().get("tenant")))
                .use(_ -> seen.add("asked"))
                .onConnection(socket -> seen.add(socket.nsp().name()));
        var client = open();
        client.send("0/acme,{\"tenant\":\"acme\"}");
        client.send("0/other,{\"tenant\":\"acme\"}");
        assertThat(seen).containsExactly("asked", "/acme");
        assertThat(client.received().getLast()).startsWith("4/other,");
    }

    @Test
    void aNameMadeByTheServerJoinsTheParentThatItsPatternFits() {
        var parent = io.of(Pattern.compile("/a.*"));
        parent.onConnection(_ -> seen.add("parent's"));
        assertThat(parent.children()).isEmpty();
        assertThat(io.of("/a1")).isSameAs(parent.children().iterator().next());
        open().send("0/a1,");
        assertThat(seen).containsExactly("parent's");
    }

    @Test
    void childrenStayUnlessCleaningUpIsAskedFor() {
        var parent = io.of(Pattern.compile("/x\\d"));
        var client = open();
        client.send("0/x1,");
        client.send("1/x1,");
        assertThat(parent.children()).hasSize(1);
    }

    @Test
    void anEmptyChildGoesWithItsLastClient() {
        io = SocketTest.server(SocketIoOptions.builder().cleanupEmptyChildNamespaces(true));
        host = new InProcessHost(io);
        var parent = io.of(Pattern.compile("/x\\d"));
        parent.use(
                socket -> {
                    if (socket.handshake().auth().containsKey("no")) {
                        throw new ConnectException("no");
                    }
                });
        var one = open();
        var two = open();
        one.send("0/x1,");
        two.send("0/x1,");
        one.send("1/x1,");
        assertThat(parent.children()).hasSize(1);
        two.cut();
        assertThat(parent.children()).isEmpty();
        assertThat(io.registry().byName()).containsOnlyKeys("/");
        one.send("0/x2,{\"no\":1}");
        assertThat(io.registry().byName()).containsOnlyKeys("/");
        one.send("0/x1,");
        assertThat(parent.children()).hasSize(1);
    }

    @Test
    void theHandlersThreadMayBeChosenByNamespace() {
        io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .executor(
                                        _ -> {
                                            throw new AssertionError("not on the strand");
                                        })
                                .build());
        host = new InProcessHost(io);
        io.of("/quick")
                .dispatch(Dispatch.INLINE)
                .onConnection(
                        socket -> {
                            socket.on("again", () -> socket.emit("b"));
                            socket.join("r");
                            io.of("/quick").to("r").emit("a");
                            socket.onDisconnect(reason -> seen.add(reason.toString()));
                        });
        var client = open();
        client.send("0/quick,");
        client.send("2/quick,[\"again\"]");
        assertThat(client.received().subList(1, 3))
                .containsExactly("2/quick,[\"a\"]", "2/quick,[\"b\"]");
        client.cut();
        assertThat(seen).containsExactly("transport close");
    }

    @Test
    void roomsThatComeAndGoAreTold() {
        io.of("/")
                .onRooms(
                        new RoomListener() {
                            @Override
                            public void created(String room) {
                                seen.add("created " + room);
                            }

                            @Override
                            public void deleted(String room) {
                                seen.add("deleted " + room);
                            }

                            @Override
                            public void joined(String room, String id) {
                                seen.add("joined " + room);
                            }

                            @Override
                            public void left(String room, String id) {
                                seen.add("left " + room);
                            }
                        });
        io.onConnection(socket -> socket.join("r"));
        var one = open().join();
        String id = io.sockets().iterator().next().id();
        assertThat(seen).containsExactly("created " + id, "joined " + id, "created r", "joined r");
        var two = open().join();
        assertThat(io.of("/").rooms()).containsExactly("r");
        seen.clear();
        one.cut();
        assertThat(seen).containsExactly("left r", "left " + id, "deleted " + id);
        two.cut();
        assertThat(seen).contains("deleted r");
        assertThat(io.of("/").rooms()).isEmpty();
    }
}
