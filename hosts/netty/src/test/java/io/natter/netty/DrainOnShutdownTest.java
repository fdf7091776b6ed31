package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.socketio.SocketIoServer;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// SIGTERM takes a server out of service gently, if it was asked for.
final class DrainOnShutdownTest {
    /// The server, in a process of its own.
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            var io = SocketIoServer.create();
            io.onConnection(
                    socket -> socket.onDisconnect(reason -> System.out.println("left: " + reason)));
            var host =
                    NettyHost.builder()
                            .host("127.0.0.1")
                            .endpoint(io)
                            .drainOnShutdown(Duration.ofMillis(300))
                            .listen();
            System.out.println("port " + host.port());
            new CountDownLatch(1).await();
        }
    }

    @Test
    void sigtermTellsClientsAndWaitsForTheirHandlers() throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName())
                        .redirectErrorStream(true)
                        .start();
        try (var output = process.inputReader();
                var socket = new Socket(InetAddress.getLoopbackAddress(), port(output));
                var client = new RawClient(socket)) {
            socket.setSoTimeout(30_000);
            client.send(RawClient.handshake("/socket.io/?EIO=4&transport=websocket", ""));
            client.head();
            assertThat(client.frame().text()).startsWith("0{");
            client.send(RawClient.text("40"));
            assertThat(client.frame().text()).startsWith("40{");
            process.toHandle().destroy(); // Process.destroy would also close its output
            var received = new ArrayList<String>();
            var frame = client.frame();
            while (frame.opcode() == 1) {
                received.add(frame.text());
                frame = client.frame();
            }
            assertThat(received)
                    .anyMatch(text -> text.startsWith("42[\"server_draining\",{\"in\":"));
            assertThat(frame.opcode()).isEqualTo(8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
            assertThat(rest(output)).contains("left: server shutting down");
        } finally {
            process.destroyForcibly();
        }
    }

    private static int port(BufferedReader output) throws Exception {
        var all = new ArrayList<String>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5));
            }
            all.add(line);
        }
        throw new AssertionError("the server did not start: " + all);
    }

    private static List<String> rest(BufferedReader output) throws Exception {
        return output.lines().toList();
    }

    @Test
    void aHostThatIsClosedBeforeLeavesNoHook() {
        var io = SocketIoServer.create();
        var host =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(io)
                        .drainOnShutdown(Duration.ZERO)
                        .listen();
        assertThat(host.isDrainedOnShutdown()).isTrue();
        host.close();
        assertThat(host.isDrainedOnShutdown()).isFalse();
    }

    @Test
    void aNegativeWindowIsRefused() {
        assertThatThrownBy(() -> NettyHost.builder().drainOnShutdown(Duration.ofSeconds(-1)))
                .hasMessage("window must not be negative: PT-1S");
    }
}
