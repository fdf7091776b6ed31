package io.natter.webtransport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.HttpRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The first stream of a session, which carries Engine.IO. Its first frame opens a session of
/// Engine.IO or names the one that moves here; the frames behind it go to the endpoint's listener.
/// On the event loop.
final class EngineStream extends ChannelInboundHandlerAdapter implements Frames.Sink {
    private static final int MAX_OPENING_BYTES = 1024;
    private static final Pattern OPENING =
            Pattern.compile("0(?:\\{\\s*\"sid\"\\s*:\\s*\"([^\"\\\\]+)\"\\s*})?");

    private final ClientConnection client;
    private final QuicStreamChannel channel;
    private final Frames frames = new Frames(MAX_OPENING_BYTES);

    /// The bytes that were read behind the first frame and wait for the endpoint's answer.
    private ByteBuffer rest = ByteBuffer.allocate(0);

    private boolean isOpened;
    private @Nullable StreamWebSocket socket;
    private @Nullable String failure;
    private boolean isRefused;
    private boolean isEnded;

    EngineStream(ClientConnection client, QuicStreamChannel channel) {
        this.client = client;
        this.channel = channel;
    }

    ClientConnection client() {
        return client;
    }

    QuicStreamChannel channel() {
        return channel;
    }

    /// Whether the endpoint has accepted the client.
    boolean isAccepted() {
        return socket != null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        try {
            if (isRefused || isEnded) {
                return;
            }
            var more = ByteBuffer.allocate(rest.remaining() + bytes.readableBytes());
            more.put(rest).put(ByteBufUtil.getBytes(bytes)).flip();
            rest = more;
        } finally {
            bytes.release();
        }
        readFrames();
    }

    private void readFrames() {
        int before = frames.heldBytes();
        frames.read(rest, this);
        if (socket != null) {
            socket.holds(before, frames.heldBytes());
        }
    }

    @Override
    public boolean wantsMore() {
        return !isRefused && !isEnded && (!isOpened || socket != null);
    }

    @Override
    public void frame(byte[] payload, boolean isBinary) {
        var to = socket;
        if (to == null) {
            isOpened = true;
            channel.config().setAutoRead(false);
            open(payload, isBinary);
        } else if (isBinary || isUtf8(payload)) {
            to.received(payload, isBinary);
        } else {
            refuse(CloseCode.INVALID_PAYLOAD, "a text message that is not UTF-8");
        }
    }

    @Override
    public void refused(String reason, boolean isTooLarge) {
        refuse(isTooLarge ? CloseCode.TOO_BIG : CloseCode.PROTOCOL_ERROR, reason);
    }

    private void refuse(int code, String reason) {
        isRefused = true;
        var to = socket;
        if (to == null) {
            client.host().metrics().badRequests.increment();
            client.close(code, reason);
        } else {
            client.host().metrics().violations.increment();
            to.refuse(code, reason);
        }
    }

    private static boolean isUtf8(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void open(byte[] payload, boolean isBinary) {
        var opening = OPENING.matcher(new String(payload, UTF_8));
        if (isBinary || !opening.matches()) {
            refuse(
                    CloseCode.PROTOCOL_ERROR,
                    "the first packet is to be 0 or 0{\"sid\":\"…\"}, as of Engine.IO 4");
            return;
        }
        var exchange =
                new StreamExchange(this, request(opening.group(1)), client.host().strands().next());
        exchange.strand().execute(() -> exchange.enter(client.endpoint()));
    }

    /// The request with the query that clients of WebTransport do not send.
    private HttpRequest request(@Nullable String sid) {
        var head = client.head();
        var query = "EIO=4&transport=webtransport";
        return new HttpRequest(
                head.method(),
                head.path(),
                sid == null ? query : query + "&sid=" + URLEncoder.encode(sid, UTF_8),
                head.headers(),
                head.remoteAddress(),
                head.secure());
    }

    /// The endpoint has accepted the client.
    void accepted(StreamWebSocket by, int maxMessageBytes) {
        socket = by;
        frames.limit(maxMessageBytes);
        if (isEnded) {
            by.ended(CloseCode.ABNORMAL, "the client went away during the handshake");
        } else {
            readFrames();
            by.updateReading();
        }
    }

    /// The session or the connection has ended.
    void ended(int code, String reason) {
        isEnded = true;
        var to = socket;
        if (to != null) {
            to.holds(frames.heldBytes(), 0);
            to.ended(code, reason.isEmpty() && failure != null ? failure : reason);
        }
    }

    void failed(Throwable cause) {
        failure = String.valueOf(cause.getMessage());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownReadComplete) {
            client.closedByClient("");
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        client.closedByClient("");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(cause);
        client.closedByClient("");
    }
}
