package io.natter.netty.loop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.netty.Echo;
import io.natter.netty.NettyHost;
import io.natter.netty.NoLeaks;
import io.natter.netty.RawClient;
import io.natter.netty.websocket.NettyWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// epoll reports once that there is something to read. Nothing may be forgotten: more bytes than
/// one read takes, bytes that came while reading was off, and the end behind them.
@ExtendWith(NoLeaks.class)
class EpollConnectionTest {
    private static final String BROKEN = "closed 1006 the connection broke without a close frame";

    private final Echo echo = new Echo();
    private NettyHost host;
    private RawClient client;
    private RawClient other;
    private NettyWebSocket socket;

    @BeforeEach
    void connect() throws Exception {
        host = NettyHost.builder().host("127.0.0.1").endpoint(echo).threads(1).listen();
        client = RawClient.webSocket(host.port(), "/echo");
        socket = (NettyWebSocket) Objects.requireNonNull(echo.opened.poll(10, SECONDS));
        other = RawClient.webSocket(host.port(), "/echo");
        assertThat(socket.connection()).isInstanceOf(EpollConnection.class);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        other.close();
        host.close();
    }

    private void reading(boolean on) {
        CompletableFuture.runAsync(() -> socket.setReading(on), socket.strand().loop).join();
    }

    /// Returns after the event loop has finished its earlier tasks.
    private void somebodyElseIsServed() throws IOException {
        other.send(RawClient.text("served"));
        assertThat(other.frame().text()).isEqualTo("served");
    }

    private String event() throws InterruptedException {
        return Objects.requireNonNull(echo.events.poll(10, SECONDS));
    }

    /// Pongs, because nothing is written for them.
    private void sendPongs(int count) throws IOException {
        var frame = RawClient.masked(0x8a, "x".repeat(100).getBytes(StandardCharsets.UTF_8));
        var all = new byte[count * frame.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        client.send(all);
    }

    private void expectPongs(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            assertThat(event()).isEqualTo("pong " + "x".repeat(100));
        }
    }

    @Test
    void readsEverythingThatCameBeforeThePeerLeft() throws Exception {
        int count = 20_000; // two megabytes, more than is read in one turn
        sendPongs(count);
        client.leaveAfterSending();
        expectPongs(count);
        assertThat(event()).isEqualTo(BROKEN);
    }

    @Test
    void readsNothingWhilePausedAndEverythingAfterwards() throws Exception {
        reading(false);
        sendPongs(3);
        client.leaveAfterSending();
        somebodyElseIsServed();
        assertThat(echo.events).isEmpty();
        reading(true);
        expectPongs(3);
        assertThat(event()).isEqualTo(BROKEN);
    }

    @Test
    void goesOnReadingAfterAPauseInWhichNothingCame() throws Exception {
        reading(false);
        somebodyElseIsServed();
        reading(true);
        sendPongs(1);
        expectPongs(1);
    }

    @Test
    void noticesAResetWhilePaused() throws Exception {
        reading(false);
        client.reset();
        assertThat(event()).isEqualTo("closed 1006 the peer reset the connection");
    }
}
