package io.natter.chat.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.ServerTest;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class RequestTimeoutTest extends ServerTest {
    private static final String KEPT = " reactor.netty.http.server.HttpServerOperations";

    private final LongAdder closed = new LongAdder();

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(new RequestTimeout(Duration.ofSeconds(35), closed));
    }

    private static DefaultHttpRequest head() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    }

    private static void pass(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void closesAConnectionWhoseRequestDoesNotEnd() {
        EmbeddedChannel channel = channel();
        channel.writeInbound(head());
        pass(channel, 34);
        assertThat(channel.isActive()).isTrue();
        pass(channel, 2);
        assertThat(channel.isActive()).isFalse();
        assertThat(closed.sum()).isEqualTo(1);
    }

    @Test
    void leavesAConnectionWhoseRequestHasEnded() {
        EmbeddedChannel channel = channel();
        channel.writeInbound(head(), LastHttpContent.EMPTY_LAST_CONTENT);
        pass(channel, 100);
        assertThat(channel.isActive()).isTrue();
        assertThat(closed.sum()).isZero();
    }

    @Test
    void keepsNoRequestThatWasAnswered() throws Exception {
        String get = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            String all = get.repeat(1000) + get.replace("Host", "Connection: close\r\nHost");
            Thread writer = Thread.startVirtualThread(() -> send(socket, all.getBytes(ISO_8859_1)));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains("HTTP/1.1 404 Not Found\r\n");
            writer.join();
        }
        assertThat(instances()).isLessThan(100);
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// How many requests the heap holds after a collection.
    private static int instances() throws Exception {
        var histogram =
                (String)
                        ManagementFactory.getPlatformMBeanServer()
                                .invoke(
                                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                        "gcClassHistogram",
                                        new Object[] {new String[0]},
                                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .filter(line -> line.contains(KEPT + " ") || line.endsWith(KEPT))
                .mapToInt(
                        line ->
                                Integer.parseInt(
                                        line.strip().replaceAll("^\\S+\\s+(\\d+)\\s.*", "$1")))
                .sum();
    }
}
