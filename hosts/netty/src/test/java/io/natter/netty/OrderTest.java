package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineListener;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Packets of a client on one connection and then on another are handled in that order, on any two
/// event loops, also on a busy machine.
@ExtendWith(NoLeaks.class)
class OrderTest {
    private static final String PATH = "/engine.io/?EIO=4&transport=polling";
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final int ROUNDS = 500;

    private static final EngineListener NOBODY =
            new EngineListener() {
                @Override
                public void text(byte[] buffer, int from, int to) {}

                @Override
                public void binary(byte[] data) {}

                @Override
                public void closed(CloseReason reason, String detail) {}
            };

    private final AtomicBoolean done = new AtomicBoolean();
    private final List<Thread> busy = new ArrayList<>();

    @BeforeEach
    void keepTheProcessorBusy() {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            busy.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (!done.get()) {
                                            Thread.onSpinWait();
                                        }
                                    }));
        }
    }

    @AfterEach
    void leaveItAlone() throws InterruptedException {
        done.set(true);
        for (var thread : busy) {
            thread.join();
        }
    }

    static Stream<IoTransport> transports() {
        return Stream.of(IoTransport.values()).filter(IoTransport::isAvailable);
    }

    static Stream<Arguments> transportsAndHomes() {
        return transports()
                .flatMap(t -> IntStream.range(0, 3).mapToObj(home -> Arguments.of(t, home)));
    }

    private static NettyHost host(IoTransport transport) {
        return NettyHost.builder()
                .endpoint(new EngineServer(EngineOptions.DEFAULT, _ -> NOBODY))
                .transport(transport)
                .host("127.0.0.1")
                .threads(2)
                .listen();
    }

    private static String request(String method, String query, String body) {
        return method
                + " "
                + PATH
                + query
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static String open(RawClient client) throws IOException {
        client.send(request("GET", "", ""));
        var sid = SID.matcher(client.answer());
        assertThat(sid.find()).isTrue();
        return "&sid=" + sid.group(1);
    }

    /// The session lives on the event loop of the first, the second or neither of the two
    /// connections that follow.
    @ParameterizedTest
    @MethodSource("transportsAndHomes")
    void aCloseDoesNotOvertakeAGetThatWasSentBeforeIt(IoTransport transport, int home)
            throws Exception {
        try (var host = host(transport);
                var first = new RawClient(host.port());
                var second = new RawClient(host.port());
                var third = new RawClient(host.port())) {
            var all = List.of(first, second, third);
            for (int i = 0; i < ROUNDS; i++) {
                var get = all.get((home + 1) % 3);
                var post = all.get((home + 2) % 3);
                var sid = open(all.get(home));
                get.send(request("GET", sid, ""));
                post.send(request("POST", sid, "1"));
                assertThat(get.answer())
                        .as("round %d", i)
                        .startsWith("HTTP/1.1 200")
                        .endsWith("\n6");
                assertThat(post.answer()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void norOneOnAConnectionOfItsOwn(IoTransport transport) throws Exception {
        try (var host = host(transport);
                var home = new RawClient(host.port())) {
            for (int i = 0; i < ROUNDS; i++) {
                var sid = open(home);
                try (var get = new RawClient(host.port());
                        var post = new RawClient(host.port())) {
                    get.send(request("GET", sid, ""));
                    post.send(request("POST", sid, "1"));
                    assertThat(get.answer())
                            .as("round %d", i)
                            .startsWith("HTTP/1.1 200")
                            .endsWith("\n6");
                    assertThat(post.answer()).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transportsAndHomes")
    void afterTheAnswerToACloseTheSessionIsGone(IoTransport transport, int home) throws Exception {
        try (var host = host(transport);
                var first = new RawClient(host.port());
                var second = new RawClient(host.port());
                var third = new RawClient(host.port())) {
            var all = List.of(first, second, third);
            for (int i = 0; i < ROUNDS; i++) {
                var close = all.get((home + 1) % 3);
                var next = all.get((home + 2) % 3);
                var sid = open(all.get(home));
                close.send(request("POST", sid, "1"));
                assertThat(close.answer()).startsWith("HTTP/1.1 200");
                next.send(request("POST", sid, "3"));
                assertThat(next.answer()).as("round %d", i).startsWith("HTTP/1.1 400");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void ofTwoGetsTheSecondIsRefused(IoTransport transport) throws Exception {
        try (var host = host(transport);
                var home = new RawClient(host.port());
                var other = new RawClient(host.port())) {
            for (int i = 0; i < ROUNDS; i++) {
                var sid = open(home);
                home.send(request("GET", sid, ""));
                other.send(request("GET", sid, ""));
                assertThat(home.answer())
                        .as("round %d", i)
                        .startsWith("HTTP/1.1 200")
                        .endsWith("\n1");
                assertThat(other.answer()).startsWith("HTTP/1.1 400");
            }
        }
    }
}
