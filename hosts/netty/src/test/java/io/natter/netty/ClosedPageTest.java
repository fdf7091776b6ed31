package io.natter.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineListener;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import io.natter.engine.Outgoing;
import io.natter.protocol.EngineMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/// Pages that are closed at any moment between handshake and upgrade. No session waits for its
/// heartbeat, which would take 45 seconds.
@ExtendWith(NoLeaks.class)
class ClosedPageTest {
    private static final String PATH = "/engine.io/?EIO=4&transport=";
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    /// How far the page has come.
    private enum Moment {
        /// Its `GET` waits.
        POLLING("transport error: poll connection closed prematurely"),
        /// Its WebSocket is open besides, and has sent nothing.
        OPENED("transport error: poll connection closed prematurely"),
        /// Its `GET` has come back, and it has not sent `5`.
        PAUSED(
                "transport close: the WebSocket closed during the upgrade, and no request"
                        + " followed"),
        UPGRADED("transport close: ");

        private final String end;

        Moment(String end) {
            this.end = end;
        }
    }

    /// How its connections end.
    private enum Way {
        CLOSE_FRAME,
        FIN,
        RESET
    }

    private record Closed(String sid, String reason) {}

    private static final class Listener implements EngineListener {
        private final EngineSession session;
        private final BlockingQueue<Closed> closed;

        Listener(EngineSession session, BlockingQueue<Closed> closed) {
            this.session = session;
            this.closed = closed;
        }

        @Override
        public void text(byte[] buffer, int from, int to) {}

        @Override
        public void binary(byte[] data) {}

        @Override
        public void upgraded() {
            session.send(Outgoing.of(new EngineMessage.Text("upgraded".getBytes(US_ASCII))));
        }

        @Override
        public void closed(CloseReason reason, String detail) {
            closed.add(new Closed(session.id(), reason + ": " + detail));
        }
    }

    private final BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<EngineSession>> sessions =
            new ConcurrentHashMap<>();
    private final List<RawClient> left = new ArrayList<>();
    private final Map<String, Moment> pages = new HashMap<>();

    private EngineServer engine() {
        return new EngineServer(
                EngineOptions.DEFAULT,
                session -> {
                    session(session.id()).complete(session);
                    return new Listener(session, closed);
                });
    }

    private static String get(String query) {
        return "GET " + PATH + "polling" + query + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private void closeAPage(int port, Moment moment, Way way) throws IOException {
        var polling = new RawClient(port);
        polling.send(get(""));
        var sid = SID.matcher(polling.answer());
        assertThat(sid.find()).isTrue();
        pages.put(sid.group(1), moment);
        var query = "&sid=" + sid.group(1);
        polling.send(get(query));
        if (way == Way.RESET) {
            awaitGet(sid.group(1)); // A reset takes with it what was not read.
        }
        if (moment == Moment.POLLING) {
            end(polling, way);
            return;
        }
        var socket = RawClient.webSocket(port, PATH + "websocket" + query);
        if (moment != Moment.OPENED) {
            socket.send(RawClient.text("2probe"));
            assertThat(socket.frame().text()).isEqualTo("3probe");
            assertThat(polling.answer()).endsWith("\r\n\r\n6");
        }
        if (moment == Moment.UPGRADED) {
            socket.send(RawClient.text("5"));
            assertThat(socket.frame().text()).isEqualTo("4upgraded");
        }
        if (way == Way.CLOSE_FRAME) {
            socket.send(RawClient.masked(0x88, new byte[] {0x03, (byte) 0xe9}));
        }
        end(socket, way);
        if (moment == Moment.OPENED) {
            end(polling, way);
        } else {
            // A browser keeps it, for it has nothing to wait for there.
            left.add(polling);
        }
    }

    private CompletableFuture<EngineSession> session(String sid) {
        return sessions.computeIfAbsent(sid, _ -> new CompletableFuture<>());
    }

    private void awaitGet(String sid) {
        var session = session(sid).orTimeout(10, SECONDS).join();
        boolean waits = false;
        while (!waits) {
            waits = CompletableFuture.supplyAsync(session::isWritable, session.strand()).join();
        }
    }

    private static void end(RawClient client, Way way) throws IOException {
        if (way == Way.RESET) {
            client.reset();
        } else {
            client.leave();
        }
    }

    private void closePages(int port) throws IOException {
        for (var moment : Moment.values()) {
            for (var way : Way.values()) {
                closeAPage(port, moment, way);
            }
        }
    }

    @Test
    void everySessionEndsLongBeforeItsHeartbeat() throws Exception {
        var hosts = new ArrayList<NettyHost>();
        try {
            for (var transport : IoTransport.values()) {
                if (transport.isAvailable()) {
                    var host =
                            NettyHost.builder()
                                    .transport(transport)
                                    .host("127.0.0.1")
                                    .endpoint(engine())
                                    .threads(2)
                                    .listen();
                    hosts.add(host);
                    closePages(host.port());
                }
            }
            awaitAll();
        } finally {
            hosts.forEach(NettyHost::close);
            closeTheRest();
        }
    }

    @Test
    void everySessionEndsLongBeforeItsHeartbeatBehindTheCodecOfAnExistingServer() throws Exception {
        var loops = LoopResources.create("pages", 2, true);
        var engine = engine();
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .runOn(loops)
                        .doOnChannelInit(
                                (_, channel, _) -> NettyHost.attach(channel.pipeline(), engine))
                        .bindNow();
        try {
            closePages(server.port());
            awaitAll();
        } finally {
            server.disposeNow();
            closeTheRest();
            loops.disposeLater().block();
        }
    }

    private void awaitAll() throws InterruptedException {
        var ended = new EnumMap<Moment, Integer>(Moment.class);
        while (!pages.isEmpty()) {
            var next = closed.poll(20, SECONDS);
            assertThat(next).as("sessions that are left: %s", pages.values()).isNotNull();
            var moment = pages.remove(next.sid());
            assertThat(moment).isNotNull();
            assertThat(next.reason()).as("%s", moment).startsWith(moment.end);
            ended.merge(moment, 1, Integer::sum);
        }
        assertThat(ended).hasSize(Moment.values().length);
    }

    private void closeTheRest() throws IOException {
        for (var client : left) {
            client.close();
        }
    }
}
