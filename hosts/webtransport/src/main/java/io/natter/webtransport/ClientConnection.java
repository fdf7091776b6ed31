package io.natter.webtransport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.Endpoint;
import io.natter.host.HttpRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One QUIC connection. It may have one WebTransport session, and of that session its first stream
/// is used. Stands first in the pipeline of the connection; on its event loop, unless a method says
/// otherwise.
final class ClientConnection extends ChannelInboundHandlerAdapter {
    /// The time for handshake, session, stream and the answer of the endpoint.
    private static final long OPENING_SECONDS = 60;

    /// The time for a client to leave after the session was closed.
    private static final long LEAVING_SECONDS = 2;

    /// H3_REQUEST_REJECTED (RFC 9114 §8.1).
    private static final int REJECTED = 0x10b;

    private static final int MAX_REASON_CHARS = 200;

    private final HostContext host;
    private final QuicChannel channel;
    private @Nullable QuicStreamChannel connect;
    private @Nullable Endpoint endpoint;
    private @Nullable HttpRequest head;
    private @Nullable EngineStream stream;
    private boolean isCounted;
    private boolean isClosing;

    ClientConnection(HostContext host, QuicChannel channel) {
        this.host = host;
        this.channel = channel;
    }

    HostContext host() {
        return host;
    }

    QuicChannel channel() {
        return channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        host.metrics().connections.increment();
        isCounted = true;
        if (host.open().incrementAndGet() > host.maxConnections()) {
            abort();
            return;
        }
        var ignored =
                channel.eventLoop().schedule(this::checkOpening, OPENING_SECONDS, TimeUnit.SECONDS);
        ctx.fireChannelActive();
    }

    private void checkOpening() {
        if (channel.isActive() && (stream == null || !stream.isAccepted())) {
            host.metrics().timeouts.increment();
            abort();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof QuicStreamChannel opened) {
            if (opened.type() == QuicStreamType.BIDIRECTIONAL) {
                opened.pipeline().addFirst(new StreamSorter(this));
            }
            ctx.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message); // a datagram, for which there is no use
        }
    }

    /// Makes the CONNECT of `by` the session, or returns the status that refuses it.
    int offer(QuicStreamChannel by, HttpRequest request) {
        host.metrics().requests.increment();
        var found = host.find(request.path());
        if (found == null) {
            return 404;
        } else if (connect != null) {
            return 429;
        }
        connect = by;
        endpoint = found;
        head = request;
        return 200;
    }

    /// The handler for a stream of the session, or null where it is not wanted.
    @Nullable EngineStream streamOf(long session, QuicStreamChannel opened) {
        var by = connect;
        if (by == null || by.streamId() != session || stream != null || isClosing) {
            return null;
        }
        stream = new EngineStream(this, opened);
        return stream;
    }

    /// The head of the CONNECT request.
    HttpRequest head() {
        return Objects.requireNonNull(head);
    }

    Endpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    /// Closes the session. Any thread.
    void close(int code, String reason) {
        onLoop(
                () -> {
                    var by = connect;
                    if (by == null || isClosing) {
                        return;
                    }
                    isClosing = true;
                    var capsule = new DefaultHttp3DataFrame(Capsules.close(code, reason));
                    by.writeAndFlush(capsule).addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
                    var ignored =
                            channel.eventLoop()
                                    .schedule(this::abort, LEAVING_SECONDS, TimeUnit.SECONDS);
                });
    }

    /// Ends the connection at once. Any thread.
    void abort() {
        end(0, "");
    }

    /// Ends the connection because the session is refused. Any thread.
    void reject(String reason) {
        var text = reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARS));
        end(REJECTED, text);
    }

    private void end(int code, String reason) {
        onLoop(
                () -> {
                    var ignored = channel.close(true, code, Unpooled.copiedBuffer(reason, UTF_8));
                });
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }

    /// The client has closed the session, or its CONNECT stream ended.
    void closedByClient(String reason) {
        boolean isAnswer = isClosing;
        ended(CloseCode.NO_STATUS, reason);
        // A client that answers a close may still be reading its code and reason. It ends the
        // connection itself, or the server does after some time.
        if (!isAnswer) {
            abort();
        }
    }

    private void ended(int code, String reason) {
        isClosing = true;
        if (stream != null) {
            stream.ended(code, reason);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (isCounted) {
            isCounted = false;
            host.open().decrementAndGet();
        }
        ended(CloseCode.ABNORMAL, channel.isTimedOut() ? "the connection was silent" : "");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (stream != null) {
            stream.failed(cause);
        }
        abort();
    }
}
