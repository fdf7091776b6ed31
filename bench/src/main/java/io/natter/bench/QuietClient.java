package io.natter.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.SocketIoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client in this process that counts what it is sent and keeps nothing, so that what is measured
/// is Natter above its host. The strand's.
final class QuietClient implements UpgradeExchange, WebSocketConnection {
    private static final HttpRequest REQUEST =
            new HttpRequest(
                    "GET",
                    "/socket.io/",
                    "EIO=4&transport=websocket",
                    Map.of(
                            "host", List.of("localhost"),
                            "upgrade", List.of("websocket"),
                            "connection", List.of("Upgrade")),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 49152),
                    false);

    private final ManualStrand strand;
    private @Nullable WebSocketListener listener;
    private long heard;

    private QuietClient(ManualStrand strand) {
        this.strand = strand;
    }

    /// A client that has joined the main namespace.
    static QuietClient join(SocketIoServer io, ManualStrand strand) {
        var client = new QuietClient(strand);
        io.upgrade(client);
        strand.run();
        client.say("40".getBytes(UTF_8));
        return client;
    }

    /// Sends a frame of text and lets the server do all that follows.
    void say(byte[] frame) {
        var to = listener;
        if (to == null) {
            throw new IllegalStateException("the server has not let this client in");
        }
        to.text(frame);
        strand.run();
    }

    /// How many bytes and frames came, in one figure for a benchmark to consume.
    long heard() {
        return heard;
    }

    @Override
    public HttpRequest request() {
        return REQUEST;
    }

    @Override
    public Strand strand() {
        return strand;
    }

    @Override
    public void refuse(HttpResponse response) {
        throw new IllegalStateException("refused: " + response.status());
    }

    @Override
    public void accept(
            Strand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> listens) {
        listener = listens.apply(this);
    }

    @Override
    public void send(PreparedMessage message, boolean prefixed) {
        heard += message.size() + 1;
    }

    @Override
    public void sendText(String text) {
        heard += text.length();
    }

    @Override
    public void ping(byte[] payload) {
        heard += payload.length;
    }

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public long waitingBytes() {
        return 0;
    }

    @Override
    public void setReading(boolean on) {}

    @Override
    public void close(int code, String reason) {
        throw new IllegalStateException("closed: " + code + " " + reason);
    }

    @Override
    public void terminate() {
        throw new IllegalStateException("terminated");
    }
}
