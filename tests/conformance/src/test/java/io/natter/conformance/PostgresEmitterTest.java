package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.postgres.PostgresEmitter;
import io.natter.postgres.PostgresException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The emitter reaches a server on Node.js and one on the JVM.
class PostgresEmitterTest extends PostgresCase {
    @Test
    void theEmitterReachesClientsWithValuesBytesAndLongTexts() throws Exception {
        var emitter = PostgresEmitter.create(postgres().dataSource());
        emitter.emit("plain", "ä", Map.of("n", 1));
        emitter.emit("bytes", new byte[] {1, 2}, "x");
        emitter.to(onNode.id()).to(onNatter.id()).emit("long", "y".repeat(20_000));
        both().forEach(
                        client -> {
                            var plain = client.awaitEvents("plain", 1).getFirst();
                            assertThat(plain.getFirst()).isEqualTo("ä");
                            assertThat(plain.getLast()).hasToString("{\"n\":1}");
                            var bytes = client.awaitEvents("bytes", 1).getFirst();
                            assertThat((byte[]) bytes.getFirst()).containsExactly(1, 2);
                            assertThat(bytes.getLast()).isEqualTo("x");
                            assertThat(client.awaitEvents("long", 1).getFirst().getFirst())
                                    .isEqualTo("y".repeat(20_000));
                        });
    }

    @Test
    void theEmitterLeavesOutRoomsAndMovesAndDisconnectsSockets() throws Exception {
        var emitter = PostgresEmitter.create(postgres().dataSource());
        emitter.except(onNode.id()).emit("but", 1);
        emitter.socketsJoin("a", "b");
        emitter.to("a").socketsLeave("b");
        emitter.to().emit("in", "nobody");
        emitter.to("a").emit("in", "a");
        emitter.to("b").asVolatile().compress(false).emit("in", "b");
        assertEvents("in", "a");
        assertThat(onNode.events("but")).isEmpty();
        assertThat(onNatter.events("but")).hasSize(1);
        emitter.to("a").disconnectSockets(true);
        soon().until(() -> both().noneMatch(RecordingClient::isConnected));
    }

    @Test
    void theEmitterReachesTheServersThemselves() throws Exception {
        node().ask("{\"op\":\"seen\"}");
        PostgresEmitter.create(postgres().dataSource()).serverSideEmit("hello", "world", 1);
        soon().until(
                        () ->
                                node().ask("{\"op\":\"seen\"}")
                                        .path("seen")
                                        .toString()
                                        .equals("[[\"world\",1]]"));
    }

    @Test
    void theEmitterSendsWithTheTransactionOfTheApplication() throws Exception {
        try (var transaction = postgres().connect()) {
            transaction.setAutoCommit(false);
            var emitter =
                    PostgresEmitter.create(postgres().dataSource()).inTransaction(transaction);
            emitter.emit("row", 0);
            transaction.rollback();
            emitter.emit("row", 1);
            emitter.emit("row", 1);
            assertEvents("row");
            transaction.commit();
            both().forEach(client -> client.awaitEvents("row", 2));
        }
        assertThat(onNatter.events("row")).isEqualTo(List.of(List.of(1), List.of(1)));
    }

    @Test
    void theEmitterRefusesWhatCannotBeSent() {
        var emitter = PostgresEmitter.create(postgres().dataSource());
        assertThatThrownBy(() -> emitter.emit("connect"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reserved");
        assertThatThrownBy(() -> emitter.of("n".repeat(60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63 bytes");
        assertThatThrownBy(() -> emitter.names("socket.io", "no_such_table").emit("x", new byte[1]))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("no_such_table");
    }
}
