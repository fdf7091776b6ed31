package io.natter.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.socketio.Socket;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The protocol of npm `@socket.io/admin-ui`, packet by packet.
final class AdminProtocolTest {
    private static final String TIME = "\"1970-01-01T00:00:00.000Z\"";
    private static final String COMMANDS =
            "\"EMIT\",\"JOIN\",\"LEAVE\",\"DISCONNECT\",\"MJOIN\",\"MLEAVE\",\"MDISCONNECT\",";
    private final AdminNode node = new AdminNode();

    private AdminUiBuilder development() {
        return AdminUi.builder().noAuth().mode(AdminMode.DEVELOPMENT);
    }

    @Test
    void productionShowsNumbersOnly() {
        node.instrument(AdminUi.builder().noAuth());
        node.joined();
        var admin = node.admin("");
        assertThat(admin.await("42/admin,[\"config\""))
                .isEqualTo(
                        "42/admin,[\"config\",{\"supportedFeatures\":["
                                + COMMANDS
                                + "\"AGGREGATED_EVENTS\"]}]");
        assertThat(admin.await("42/admin,[\"server_stats\""))
                .matches(
                        "42/admin,\\[\"server_stats\",\\{\"serverId\":\"one\",\"hostname\":\"[^\"]+\","
                                + "\"pid\":\\d+,\"uptime\":-?[\\d.E]+,\"clientsCount\":2,"
                                + "\"pollingClientsCount\":0,\"aggregatedEvents\":\\[.*],"
                                + "\"namespaces\":\\[.*]}]");
        node.joined();
        assertThat(admin.events("all_sockets", "socket_connected", "room_joined")).isEmpty();
    }

    @Test
    void theNumbersCountWhatHappenedSinceTheLastOnes() {
        node.instrument(AdminUi.builder().noAuth());
        var admin = node.admin("");
        admin.await("42/admin,[\"server_stats\"");
        admin.packets().clear();
        node.joined().leave();
        String stats = admin.await("42/admin,[\"server_stats\"");
        assertThat(stats)
                .contains("{\"timestamp\":0,\"type\":\"rawConnection\",\"count\":1}")
                .contains(
                        "{\"timestamp\":0,\"type\":\"rawDisconnection\",\"subType\":\"transport"
                                + " close\",\"count\":1}")
                .containsPattern("\\{\"timestamp\":0,\"type\":\"bytesOut\",\"count\":\\d+}");
        assertThat(stats)
                .containsPattern(
                        "\\{(\"name\":\"/\",\"socketsCount\":0|\"socketsCount\":0,\"name\":\"/\")}");
    }

    @Test
    void aReadOnlyPageHasNoCommands() {
        node.instrument(AdminUi.builder().noAuth().readOnly());
        var client = node.joined();
        var admin = node.admin("");
        assertThat(admin.await("42/admin,[\"config\""))
                .isEqualTo("42/admin,[\"config\",{\"supportedFeatures\":[\"AGGREGATED_EVENTS\"]}]");
        admin.send("42/admin,[\"_disconnect\",\"/\",true]");
        admin.await("42/admin,[\"server_stats\"");
        assertThat(client.socket.isOpen()).isTrue();
    }

    @Test
    void developmentTellsOfAllSocketsWithoutTheirSecrets() {
        node.instrument(development().redact("X-Own"));
        var client =
                node.client(
                        Map.of(
                                "cookie",
                                "a=1",
                                "authorization",
                                "Bearer x",
                                "x-own",
                                "y",
                                "accept",
                                "z"),
                        "&token=abc&room=7");
        client.send("40{\"password\":\"secret\"}");
        client.await("40{");
        Socket socket = node.io.sockets().iterator().next();
        socket.data().put("name", "ana");
        socket.join("lobby");
        String all = node.admin("").await("42/admin,[\"all_sockets\"");
        assertThat(all)
                .containsPattern(
                        "\\{\"id\":\""
                                + socket.id()
                                + "\",\"clientId\":\"[\\w-]{12}\",\"transport\":\"websocket\","
                                + "\"nsp\":\"/\",\"data\":\\{\"name\":\"ana\"},\"handshake\":")
                .contains("\"address\":\"127.0.0.1\"")
                .contains("\"cookie\":\"[redacted]\"")
                .contains("\"authorization\":\"[redacted]\"")
                .contains("\"x-own\":\"[redacted]\"")
                .contains("\"accept\":\"z\"")
                .contains("\"token\":\"[redacted]\"")
                .contains(
                        "\"issued\":0,\"secure\":false,\"time\":\"Thu Jan 01 1970 00:00:00"
                                + " GMT+0000\",\"url\":\"/socket.io/?EIO=4&transport=websocket"
                                + "&token=[redacted]&room=7\",\"xdomain\":false}")
                .containsPattern("\"rooms\":\\[\"[^]]*\"lobby\"|\"rooms\":\\[\"lobby\"")
                .contains("\"nsp\":\"/admin\"")
                .doesNotContain("secret", "Bearer", "a=1", socket.conn().id().substring(0, 12));
    }

    @Test
    void developmentTellsWhatSocketsDo() {
        node.io.onConnection(
                socket -> {
                    socket.on("greet", String.class, (name, ack) -> socket.emit("hello", name));
                    socket.on("move", () -> socket.join("lobby").leave("lobby"));
                    socket.emit("welcome");
                });
        node.instrument(development());
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        admin.packets().clear();

        var client = node.joined();
        String id = node.io.sockets().iterator().next().id();
        client.send("421[\"greet\",\"zoe\"]");
        client.await("42[\"hello\"");
        client.send("42[\"move\"]");
        admin.await("42/admin,[\"room_left\"");
        client.leave();
        admin.await("42/admin,[\"socket_disconnected\"");
        assertThat(
                        admin.events(
                                "room_joined",
                                "room_left",
                                "event_received",
                                "event_sent",
                                "socket_disconnected"))
                .containsExactlyInAnyOrder(
                        event("room_joined", "\"" + id + "\",\"" + id + "\""),
                        event("event_sent", "\"" + id + "\",[\"welcome\"]"),
                        event("event_received", "\"" + id + "\",[\"greet\",\"zoe\"]"),
                        event("event_sent", "\"" + id + "\",[\"hello\",\"zoe\"]"),
                        event("event_received", "\"" + id + "\",[\"move\"]"),
                        event("room_joined", "\"lobby\",\"" + id + "\""),
                        event("room_left", "\"lobby\",\"" + id + "\""),
                        event("room_left", "\"" + id + "\",\"" + id + "\""),
                        event("socket_disconnected", "\"" + id + "\",\"transport close\""));
        assertThat(admin.events("socket_connected"))
                .singleElement()
                .asString()
                .startsWith("42/admin,[\"socket_connected\",{\"id\":\"" + id + "\",")
                .endsWith("}," + TIME + "]");
    }

    @Test
    void aNewSocketIsToldWithTheRoomsOfThatMoment() {
        node.io.onConnection(socket -> socket.join("lobby"));
        node.instrument(development());
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        node.joined();
        String id = node.io.sockets().iterator().next().id();
        assertThat(admin.await("42/admin,[\"socket_connected\""))
                .contains("\"rooms\":[\"" + id + "\"]");
        admin.await("42/admin,[\"room_joined\",\"/\",\"lobby\"");
    }

    @Test
    void theEndOfASocketThatWasThereBeforeTheAdminIsTold() {
        node.instrument(development());
        node.joined();
        String id = node.io.sockets().iterator().next().id();
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        admin.send("42/admin,[\"_disconnect\",\"/\",false,\"" + id + "\"]");
        assertThat(admin.await("42/admin,[\"socket_disconnected\""))
                .isEqualTo(
                        event(
                                "socket_disconnected",
                                "\"" + id + "\",\"server namespace disconnect\""));
    }

    private static String event(String name, String rest) {
        return "42/admin,[\"" + name + "\",\"/\"," + rest + "," + TIME + "]";
    }

    @Test
    void bytesOfEventsStayBytes() {
        node.instrument(development());
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        var client = node.joined();
        client.send("451-[\"picture\",{\"_placeholder\":true,\"num\":0}]");
        client.socket.send(new byte[] {1, 2, 3});
        assertThat(admin.await("451-/admin,[\"event_received\""))
                .endsWith("[\"picture\",{\"_placeholder\":true,\"num\":0}]," + TIME + "]");
        assertThat(admin.packets()).contains("0x010203");
    }

    @Test
    void changesOfDataAndTransportAreTold() {
        node.instrument(development());
        node.joined();
        Socket socket = node.io.sockets().iterator().next();
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        socket.data().put("name", "ana");
        String updated = admin.await("42/admin,[\"socket_updated\"");
        assertThat(updated)
                .contains(
                        "\"data\":{\"name\":\"ana\"}",
                        "\"id\":\"" + socket.id() + "\"",
                        "\"nsp\":\"/\"");
        admin.packets().clear();

        String polling = node.host.get("/socket.io/?EIO=4&transport=polling").text();
        String sid = polling.substring(9, 29);
        node.host.post("/socket.io/?EIO=4&transport=polling&sid=" + sid, "40");
        assertThat(admin.await("42/admin,[\"socket_connected\""))
                .contains("\"transport\":\"polling\"");
        var webSocket = node.host.webSocket("/socket.io/?EIO=4&transport=websocket&sid=" + sid);
        webSocket.send("2probe");
        webSocket.send("5");
        node.strand.run();
        assertThat(admin.await("42/admin,[\"socket_updated\""))
                .contains("\"transport\":\"websocket\"");
    }

    @Test
    void eventsBeyondTheLimitAreCountedAndLongOnesAreNotShown() {
        AdminUi ui = node.instrument(development().maxEventsPerSecond(2));
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        var client = node.joined();
        client.send("42[\"long\",\"" + "x".repeat(20_000) + "\"]");
        client.send("42[\"second\"]");
        client.send("42[\"third\"]");
        node.until(() -> ui.eventsNotShown() == 1);
        admin.await("42/admin,[\"event_received\"");
        node.until(() -> admin.events("event_received").size() == 2);
        assertThat(admin.events("event_received").getFirst())
                .contains("[\"long\",\"[20011 bytes]\"]");
    }

    @Test
    void nothingIsAttachedToSocketsWhileNoAdminLooks() {
        node.instrument(development());
        node.joined();
        Socket socket = node.io.sockets().iterator().next();
        assertThat(socket.listenersAny()).isEmpty();
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        assertThat(socket.listenersAny()).hasSize(1);
        assertThat(socket.listenersAnyOutgoing()).hasSize(1);
        admin.leave();
        node.until(() -> socket.listenersAny().isEmpty());
        assertThat(socket.listenersAnyOutgoing()).isEmpty();
        assertThat(socket.data()).isEmpty();
    }

    @Test
    void namespacesOfClientsAreShownToo() {
        node.io.of(Pattern.compile("/game-\\d+")).onConnection(socket -> {});
        node.instrument(development());
        var admin = node.admin("");
        admin.await("42/admin,[\"all_sockets\"");
        node.client().send("40/game-7,");
        assertThat(admin.await("42/admin,[\"socket_connected\"")).contains("\"nsp\":\"/game-7\"");
        admin.packets().clear();
        assertThat(admin.await("42/admin,[\"server_stats\"")).contains("\"/game-7\"");
    }

    @Test
    void commandsAreCarriedOut() {
        node.instrument(AdminUi.builder().noAuth());
        var first = node.joined();
        var second = node.joined();
        Socket one =
                node.io.sockets().stream()
                        .filter(socket -> first.await("40{").contains(socket.id()))
                        .findFirst()
                        .orElseThrow();
        var admin = node.admin("");
        admin.await("42/admin,[\"config\"");
        admin.send("42/admin,[\"emit\",\"/\",null,\"news\",1,{\"a\":2}]");
        first.await("42[\"news\",1,{\"a\":2}]");
        second.await("42[\"news\",1,{\"a\":2}]");
        admin.send("42/admin,[\"join\",\"/\",\"vip\",\"" + one.id() + "\"]");
        node.until(() -> one.rooms().contains("vip"));
        admin.send("42/admin,[\"emit\",\"/\",\"vip\",\"hush\"]");
        first.await("42[\"hush\"]");
        admin.send("42/admin,[\"leave\",\"/\",\"vip\"]");
        node.until(() -> !one.rooms().contains("vip"));
        admin.send("42/admin,[\"_disconnect\",\"/\",false,\"" + one.id() + "\"]");
        first.await("41");
        admin.send("42/admin,[\"_disconnect\",\"/\",true]");
        node.until(() -> !second.socket.isOpen());
        assertThat(second.packets()).doesNotContain("42[\"hush\"]");
        assertThat(first.socket.isOpen()).isTrue();
    }

    @Test
    void aCommandForANamespaceThatDoesNotExistMakesNone() {
        node.instrument(AdminUi.builder().noAuth());
        var admin = node.admin("");
        admin.await("42/admin,[\"config\"");
        admin.send("42/admin,[\"join\",\"/none\",\"room\"]");
        node.until(() -> !node.errors.isEmpty());
        assertThat(node.errors).containsExactly("there is no namespace /none");
        assertThat(node.io.namespaces()).extracting(nsp -> nsp.name()).containsOnly("/", "/admin");
    }

    @Test
    void commandsAreLogged() {
        try (var log = new RecordedLog(AdminUi.class)) {
            node.instrument(AdminUi.builder().noAuth());
            var admin = node.admin("");
            String sid = admin.await("40/admin,").substring(17, 37);
            admin.send("42/admin,[\"join\",\"/\",\"evil\\nroom\",\"x\"]");
            admin.send("42/admin,[\"_disconnect\",\"/\",true]");
            String who = "admin " + sid + " at 127.0.0.1: ";
            node.until(() -> log.lines().stream().anyMatch(line -> line.contains("disconnect")));
            assertThat(log.lines())
                    .containsAll(
                            List.of(
                                    who + "join evil\\u000aroom, namespace /, room or socket x",
                                    who + "disconnect and close, namespace /, all sockets"));
        }
    }

    @Test
    void aClosedServerSendsNothingMore() {
        node.instrument(development());
        node.admin("").await("42/admin,[\"all_sockets\"");
        node.joined();
        Socket socket = node.io.sockets().iterator().next();
        var closing = Thread.startVirtualThread(node.io::close);
        node.until(() -> !closing.isAlive());
        assertThat(socket.listenersAny()).isEmpty();
    }
}
