package io.natter.host.strand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.CountedHostMetrics;
import io.natter.host.MemoryBudget;
import io.natter.host.PreparedMessage;
import io.natter.host.WebSocketListener;
import io.natter.host.inprocess.ManualStrand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrandWebSocketTest {
    private final List<String> notes = new ArrayList<>();
    private final ManualStrand strand = new ManualStrand();
    private final CountedHostMetrics metrics = new CountedHostMetrics();
    private final Connection connection = new Connection();

    private final class Connection extends StrandWebSocket {
        Connection() {
            super(strand, MemoryBudget.of(1_000_000), metrics);
        }

        @Override
        protected void shut(int code, String reason) {
            notes.add("shut " + code);
        }

        @Override
        protected void drop() {
            notes.add("drop");
        }

        @Override
        public void send(PreparedMessage message, boolean prefixed) {}

        @Override
        public void sendText(String text) {
            queued(text.length());
        }

        @Override
        public void ping(byte[] payload) {}

        @Override
        public void flush() {}

        @Override
        public void setReading(boolean on) {}

        @Override
        public void close(int code, String reason) {}

        void sent(int bytes) {
            taken(bytes);
        }
    }

    private final WebSocketListener listener =
            new WebSocketListener() {
                @Override
                public void text(byte[] utf8) {
                    var text = new String(utf8, UTF_8);
                    notes.add(text);
                    if (text.equals("throw")) {
                        throw new IllegalStateException("on purpose");
                    }
                }

                @Override
                public void binary(byte[] data) {}

                @Override
                public void writable() {
                    notes.add("writable");
                }

                @Override
                public void overMemory(String detail) {
                    notes.add("over memory");
                }

                @Override
                public void closed(int code, String reason) {
                    notes.add("closed " + code + " " + reason);
                }
            };

    private void text(String text) {
        connection.tell(to -> to.text(text.getBytes(UTF_8)));
    }

    @Test
    void messagesThatCameBeforeTheEndAreHeardBeforeIt() {
        connection.opened(ignored -> listener);
        text("last words");
        connection.ended(1000, "bye");
        assertThat(connection.isOpen()).isFalse();
        strand.run();
        assertThat(notes).containsExactly("drop", "last words", "closed 1000 bye");
    }

    @Test
    void theFirstEndCountsAndNothingFollows() {
        connection.opened(ignored -> listener);
        connection.failed("broken pipe");
        connection.ended(1006, "");
        connection.ended(1000, "again");
        text("too late");
        strand.run();
        assertThat(notes).containsExactly("drop", "closed 1006 broken pipe");
        assertThat(metrics.webSocketsOpen()).isZero();
    }

    @Test
    void aListenerThatThrowsClosesItsConnectionAndHearsNothingMore() {
        connection.opened(ignored -> listener);
        text("throw");
        text("unheard");
        strand.run();
        assertThat(notes)
                .containsExactly(
                        "throw",
                        "drop",
                        "shut 1011",
                        "closed 1011 the server failed on this connection");
        assertThat(metrics.failures()).isEqualTo(1);
    }

    @Test
    void waitingBytesMakeItUnwritableUntilMostHaveLeft() {
        connection.opened(ignored -> listener);
        connection.sendText("x".repeat(70_000));
        strand.run();
        assertThat(connection.isWritable()).isFalse();
        assertThat(connection.waitingBytes()).isEqualTo(70_000);
        connection.sent(30_000);
        strand.run();
        assertThat(connection.isWritable()).isFalse();
        connection.sent(30_000);
        strand.run();
        assertThat(connection.isWritable()).isTrue();
        assertThat(notes).containsExactly("writable");
    }

    @Test
    void aConnectionThatHoldsTheMostIsToldSo() {
        connection.opened(ignored -> listener);
        connection.closeForMemory("900 of 1000 bytes");
        strand.run();
        assertThat(notes)
                .containsExactly(
                        "over memory",
                        "drop",
                        "shut 1001",
                        "closed 1006 out of memory budget: 900 of 1000 bytes");
        assertThat(metrics.closedForMemory()).isEqualTo(1);
    }
}
