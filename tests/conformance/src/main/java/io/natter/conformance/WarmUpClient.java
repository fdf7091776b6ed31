package io.natter.conformance;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A client of the JDK for the warm-up, one visit after the other. Throws a [TimeoutException] when
/// the time is up, and anything else when the server does not answer as it should.
final class WarmUpClient implements AutoCloseable {
    static final String AGENT = "natter-warm-up";
    private static final String SEPARATOR = "\u001e";

    /// Leaves the namespace, so that there is nothing to recover, and the server.
    private static final List<String> GOODBYE = List.of("41", "1");

    private static final Pattern PONG = Pattern.compile("3probe");

    private final InetSocketAddress address;
    private final String prefix;
    private final boolean tls;
    private final HttpClient client;
    private final long end;

    /// @param end when the time is up, as [System#nanoTime] counts
    WarmUpClient(
            InetSocketAddress address,
            String prefix,
            @Nullable TestCertificate certificate,
            long end)
            throws IOException, GeneralSecurityException {
        this.address = address;
        this.prefix = prefix;
        this.tls = certificate != null;
        this.end = end;
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (certificate != null) {
            builder.sslContext(trusting(certificate));
        }
        client = builder.build();
    }

    private static SSLContext trusting(TestCertificate certificate)
            throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {certificate.trust()}, null);
        return context;
    }

    void visit(WarmUp.Way way, List<Exchange> exchanges) throws Exception {
        switch (way) {
            case POLLING -> polling(exchanges);
            case WEBSOCKET -> webSocket("", false, exchanges);
            case UPGRADE -> webSocket("&sid=" + handshake(), true, exchanges);
        }
    }

    private void polling(List<Exchange> exchanges) throws Exception {
        var sid = handshake();
        var heard = new ArrayDeque<String>();
        var asked = "";
        for (var exchange : exchanges) {
            post(sid, exchange.say(asked));
            asked = idOf(awaitPolling(sid, exchange.answer(), heard));
        }
        post(sid, GOODBYE);
    }

    private static String idOf(Matcher answer) {
        return answer.groupCount() == 1 ? answer.group(1) : "";
    }

    private Matcher awaitPolling(String sid, Pattern answer, ArrayDeque<String> heard)
            throws Exception {
        while (true) {
            for (var packet = heard.poll(); packet != null; packet = heard.poll()) {
                var match = answer.matcher(packet);
                if (match.lookingAt()) {
                    return match;
                }
                if (packet.equals("2")) {
                    post(sid, List.of("3"));
                }
            }
            heard.addAll(List.of(http(request("&sid=" + sid)).split(SEPARATOR, -1)));
        }
    }

    private String handshake() throws Exception {
        var packet = http(request("")).split(SEPARATOR, 2)[0];
        return JsonMapper.shared().readTree(packet.substring(1)).path("sid").asString();
    }

    private void post(String sid, List<String> packets) throws Exception {
        var body = BodyPublishers.ofString(String.join(SEPARATOR, packets));
        var request = request("&sid=" + sid).header("Content-Type", "text/plain;charset=UTF-8");
        http(request.POST(body));
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(uri("http", "polling" + query)).header("User-Agent", AGENT);
    }

    private String http(HttpRequest.Builder request) throws Exception {
        var response =
                client.sendAsync(request.build(), BodyHandlers.ofString())
                        .get(left(), TimeUnit.NANOSECONDS);
        if (response.statusCode() != 200) {
            throw new IOException("answered " + response.statusCode());
        }
        return response.body();
    }

    private void webSocket(String query, boolean upgrade, List<Exchange> exchanges)
            throws Exception {
        var heard = new Heard(this::left);
        var socket =
                client.newWebSocketBuilder()
                        .header("User-Agent", AGENT)
                        .buildAsync(uri("ws", "websocket" + query), heard)
                        .get(left(), TimeUnit.NANOSECONDS);
        if (upgrade) {
            send(socket, List.of("2probe"));
            heard.await(PONG, socket);
            send(socket, List.of("5"));
        }
        var asked = "";
        for (var exchange : exchanges) {
            send(socket, exchange.say(asked));
            asked = idOf(heard.await(exchange.answer(), socket));
        }
        send(socket, GOODBYE);
        heard.closed.get(left(), TimeUnit.NANOSECONDS);
    }

    private void send(WebSocket socket, List<String> packets) throws Exception {
        for (var packet : packets) {
            var sent =
                    packet.startsWith("b")
                            ? socket.sendBinary(
                                    ByteBuffer.wrap(
                                            Base64.getDecoder().decode(packet.substring(1))),
                                    true)
                            : socket.sendText(packet, true);
            sent.get(left(), TimeUnit.NANOSECONDS);
        }
    }

    private URI uri(String scheme, String transport) {
        var host = requireNonNull(address.getAddress()).getHostAddress();
        var authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        return URI.create(
                scheme
                        + (tls ? "s://" : "://")
                        + authority
                        + prefix
                        + "?EIO=4&transport="
                        + transport);
    }

    /// Nanoseconds until the time is up.
    private long left() throws TimeoutException {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new TimeoutException();
        }
        return nanos;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
