package io.natter.conformance;

import static java.util.Objects.requireNonNull;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A few clients over loopback, before anybody else's come: a JVM takes half a second and more to
/// load what answers its first one, which is past the time-outs of some suites. Whatever the server
/// makes of them (it may refuse them all) is fine; none of their sessions is left.
final class WarmUp {
    private static final String AGENT = "natter-warm-up";
    private static final Duration BOUND = Duration.ofMillis(1500);
    private static final Duration ACCEPT_BOUND = Duration.ofSeconds(10);
    private static final int ROUNDS = 5;

    /// Joins a namespace and says something, which Engine.IO alone sends back.
    private static final List<String> HELLO = List.of("40", "42[\"message\",\"warm-up\"]");

    /// Leaves the namespace, so that there is nothing to recover, and the server.
    private static final List<String> GOODBYE = List.of("41", "1");

    private final InetSocketAddress address;
    private final EngineServer engine;
    private final @Nullable SSLContext tls;
    private final HttpClient client;
    private final long end = System.nanoTime() + BOUND.toNanos();

    private WarmUp(InetSocketAddress address, EngineServer engine, @Nullable SSLContext tls) {
        this.address = address;
        this.engine = engine;
        this.tls = tls;
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    /// Returns when connections are taken and the clients have come and gone, after 1.5 s at most.
    ///
    /// @param listening where the server listens
    /// @param certificate the server's own, for HTTPS
    /// @throws IOException if no connection is taken
    static void run(
            InetSocketAddress listening, EngineServer engine, @Nullable TestCertificate certificate)
            throws Exception {
        var address =
                listening.getAddress().isAnyLocalAddress()
                        ? new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), listening.getPort())
                        : listening;
        awaitAccepting(address);
        var warmUp =
                new WarmUp(address, engine, certificate == null ? null : trusting(certificate));
        try {
            for (int i = 0; i < ROUNDS; i++) {
                warmUp.polling();
                warmUp.webSocket("", false);
                warmUp.upgrade();
            }
        } catch (IOException | ExecutionException | TimeoutException _) {
            // Refused, or time is up.
        } finally {
            warmUp.client.shutdownNow();
            warmUp.leaveNothing();
        }
    }

    private static void awaitAccepting(InetSocketAddress address) throws Exception {
        long giveUp = System.nanoTime() + ACCEPT_BOUND.toNanos();
        for (boolean accepted = false; !accepted; ) {
            try (var socket = new Socket()) {
                socket.connect(address, (int) ACCEPT_BOUND.toMillis());
                accepted = true;
            } catch (ConnectException e) {
                if (System.nanoTime() - giveUp > 0) {
                    throw e;
                }
                Thread.sleep(10);
            }
        }
    }

    private static SSLContext trusting(TestCertificate certificate) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {certificate.trust()}, null);
        return context;
    }

    private void polling() throws Exception {
        var sid = handshake();
        post(sid, HELLO);
        http(request("&sid=" + sid));
        post(sid, GOODBYE);
    }

    private void upgrade() throws Exception {
        webSocket("&sid=" + handshake(), true);
    }

    private String handshake() throws Exception {
        var packet = http(request("")).split("\u001e", 2)[0];
        return JsonMapper.shared().readTree(packet.substring(1)).path("sid").asString();
    }

    private void post(String sid, List<String> packets) throws Exception {
        var body = BodyPublishers.ofString(String.join("\u001e", packets));
        var request = request("&sid=" + sid).header("Content-Type", "text/plain;charset=UTF-8");
        http(request.POST(body));
    }

    private HttpRequest.Builder request(String query) throws TimeoutException {
        return HttpRequest.newBuilder(uri("http", "polling" + query))
                .header("User-Agent", AGENT)
                .timeout(left());
    }

    private String http(HttpRequest.Builder request) throws Exception {
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("answered " + response.statusCode());
        }
        return response.body();
    }

    private void webSocket(String query, boolean upgrade) throws Exception {
        var heard = new Heard();
        var socket =
                client.newWebSocketBuilder()
                        .header("User-Agent", AGENT)
                        .buildAsync(uri("ws", "websocket" + query), heard)
                        .get(left().toNanos(), TimeUnit.NANOSECONDS);
        if (upgrade) {
            send(socket, List.of("2probe"));
            heard.await(left());
            send(socket, List.of("5"));
        }
        send(socket, HELLO);
        heard.await(left());
        send(socket, GOODBYE);
        heard.closed.get(left().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void send(WebSocket socket, List<String> packets) throws Exception {
        for (var packet : packets) {
            socket.sendText(packet, true).get(left().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private URI uri(String scheme, String transport) {
        var host = requireNonNull(address.getAddress()).getHostAddress();
        return URI.create(
                scheme
                        + (tls == null ? "" : "s")
                        + "://"
                        + (host.contains(":") ? "[" + host + "]" : host)
                        + ":"
                        + address.getPort()
                        + engine.options().prefix()
                        + "?EIO=4&transport="
                        + transport);
    }

    private Duration left() throws TimeoutException {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new TimeoutException();
        }
        return Duration.ofNanos(nanos);
    }

    /// Ends what was cut short.
    private void leaveNothing() throws Exception {
        for (var session : engine.sessions()) {
            if (AGENT.equals(session.request().header("user-agent"))) {
                CompletableFuture.runAsync(() -> discard(session), session.strand())
                        .get(1, TimeUnit.SECONDS);
            }
        }
    }

    private static void discard(EngineSession session) {
        session.discard(CloseReason.TRANSPORT_ERROR, "warmed up");
    }

    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<CharSequence> texts = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        void await(Duration bound) throws InterruptedException, TimeoutException {
            if (texts.poll(bound.toNanos(), TimeUnit.NANOSECONDS) == null) {
                throw new TimeoutException();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            texts.add(""); // for whoever waits for another
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            texts.add("");
            closed.completeExceptionally(error);
        }
    }
}
