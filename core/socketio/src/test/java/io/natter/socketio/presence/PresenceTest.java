package io.natter.socketio.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Presence on one server, with a clock that only the test moves.
final class PresenceTest {
    private final ManualStrand strand = new ManualStrand();
    private final PresenceNode node = new PresenceNode(strand, "n1", null);

    @Test
    void aUserHasOneEntryForAllSockets() {
        Presence users = node.start(PresenceNode.byName());
        var first = node.client("ana");
        var second = node.client("ana");
        assertThat(users.count()).isEqualTo(1);
        assertThat(users.has("ana")).isTrue();
        assertThat(node.told()).containsExactly("+ana");
        node.leave(first);
        strand.advance(Duration.ofMinutes(1));
        assertThat(users.count()).isEqualTo(1);
        node.leave(second);
        strand.advance(Duration.ofMillis(9_900));
        assertThat(node.told()).isEmpty();
        strand.advance(Duration.ofMillis(1_200));
        assertThat(node.told()).containsExactly("-ana");
        assertThat(users.list()).isEmpty();
        assertThat(users.get("ana")).isNull();
    }

    @Test
    void aUserWhoComesBackWithinTheGraceHasNotLeft() {
        Presence users = node.start(PresenceNode.byName());
        var page = node.client("ana");
        node.leave(page);
        strand.advance(Duration.ofSeconds(8));
        var reloaded = node.client("ana");
        strand.advance(Duration.ofMinutes(1));
        assertThat(users.count()).isEqualTo(1);
        assertThat(node.told()).containsExactly("+ana");
        node.leave(reloaded);
        strand.advance(Duration.ofMinutes(1));
        assertThat(node.told()).containsExactly("-ana");
    }

    @Test
    void withoutGraceALeaveIsToldAtOnce() {
        node.start(PresenceNode.byName().grace(Duration.ZERO));
        node.leave(node.client("ana"));
        assertThat(node.told()).containsExactly("+ana", "-ana");
    }

    @Test
    void theSnapshotHasThoseWhoCameFirstAtTheBeginning() {
        Presence users = node.start(PresenceNode.byName());
        node.client("zoe");
        strand.advance(Duration.ofSeconds(2));
        node.client("bob");
        node.client("ana");
        assertThat(users.list())
                .extracting(PresenceEntry::key)
                .containsExactly("zoe", "ana", "bob");
        assertThat(users.list())
                .extracting(PresenceEntry::since)
                .containsExactly(Instant.EPOCH, Instant.ofEpochSecond(2), Instant.ofEpochSecond(2));
    }

    @Test
    void theSnapshotCanBeSentToAClientAsItIs() {
        Presence users = node.start(PresenceNode.byName());
        var ana = node.client("ana", "{\"colour\":\"red\"}");
        strand.advance(Duration.ofSeconds(2));
        node.client("bob");
        node.io.emit("users", users.list());
        assertThat(ana.received())
                .containsExactly(
                        "42[\"users\",[{\"key\":\"ana\",\"since\":0,\"data\":{\"colour\":\"red\"}},"
                                + "{\"key\":\"bob\",\"since\":2000}]]");
    }

    record Colour(String colour) {}

    @Test
    void theDataOfTheLastSocketCounts() {
        Presence users = node.start(PresenceNode.byName());
        node.client("ana", "{\"colour\":\"red\"}");
        node.client("ana", "{\"colour\":\"red\"}");
        assertThat(node.told()).containsExactly("+ana");
        node.client("ana", "{\"colour\":\"blue\"}");
        assertThat(node.told()).containsExactly("~ana{colour=blue}");
        var entry = Objects.requireNonNull(users.get("ana"));
        assertThat(entry.data(Colour.class)).isEqualTo(new Colour("blue"));
    }

    @Test
    void aSocketCanSignInAndOutLater() {
        Presence users =
                node.start(
                        Presence.by(socket -> (String) socket.data().get("user"))
                                .data(socket -> socket.data().get("status"))
                                .grace(Duration.ZERO));
        node.join("{}");
        assertThat(users.count()).isZero();
        Socket socket = node.io.sockets().iterator().next();
        socket.data().put("user", "ana");
        users.refresh(socket);
        socket.data().put("status", "away");
        users.refresh(socket);
        socket.data().put("user", "bob");
        users.refresh(socket);
        socket.data().remove("user");
        users.refresh(socket);
        assertThat(node.told()).containsExactly("+ana", "~anaaway", "-ana", "+bob", "-bob");
    }

    @Test
    void aSocketThatHasLeftIsNotTrackedAnew() {
        Presence users = node.start(PresenceNode.byName().grace(Duration.ZERO));
        var ana = node.client("ana");
        Socket socket = node.io.sockets().iterator().next();
        node.leave(ana);
        users.refresh(socket);
        assertThat(users.count()).isZero();
    }

    @Test
    void socketsThatAreThereAlreadyAreTracked() {
        node.client("ana");
        Presence users = node.start(PresenceNode.byName());
        strand.run();
        assertThat(users.has("ana")).isTrue();
    }

    @Test
    void boundsHoldAndAreReported() {
        Presence users = node.start(PresenceNode.byName().maxUsers(1).maxDataBytes(10));
        node.client("x".repeat(257));
        node.client("ana", "\"123456789\"");
        node.client("ana", "\"12345678\"");
        node.client("bob");
        node.client("ana", "\"87654321\"");
        assertThat(users.list()).extracting(PresenceEntry::key).containsExactly("ana");
        assertThat(node.errors)
                .containsExactly(
                        "the key of a user has 257 characters; 256 are allowed",
                        "the data of a user has 11 bytes; maxDataBytes allows 10",
                        "presence has 1 users on this server, as many as maxUsers allows");
    }

    @Test
    void dataMustNotHaveBytes() {
        Presence users =
                node.start(Presence.by(Socket::id).data(socket -> Map.of("b", new byte[1])));
        node.join("{}");
        assertThat(users.count()).isZero();
        assertThat(node.errors).containsExactly("the data of a user must not have bytes");
    }

    @Test
    void aListenerThatThrowsKeepsNothingFromTheOthers() {
        node.start(
                PresenceNode.byName()
                        .onJoin(
                                user -> {
                                    throw new IllegalStateException("on purpose");
                                }));
        node.client("ana");
        node.client("bob");
        assertThat(node.told()).containsExactly("+ana", "+bob");
    }

    @Test
    void aClosedPresenceTellsNothing() {
        Presence users = node.start(PresenceNode.byName());
        node.client("ana");
        users.close();
        node.client("bob");
        strand.advance(Duration.ofMinutes(1));
        assertThat(node.told()).containsExactly("+ana");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        var options = PresenceNode.byName();
        assertThatThrownBy(() -> options.grace(Duration.ofMillis(-1)))
                .hasMessage("grace must not be negative");
        assertThatThrownBy(() -> options.heartbeat(Duration.ofSeconds(3), Duration.ofSeconds(5)))
                .hasMessage("the patience must be two intervals or more");
        assertThatThrownBy(() -> options.maxUsers(0)).hasMessage("maxUsers must be positive");
    }
}
