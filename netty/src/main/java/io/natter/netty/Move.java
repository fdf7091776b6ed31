package io.natter.netty;

import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.ArrayList;
import java.util.function.Function;

/// From an HTTP connection to a WebSocket on the event loop of its session.
final class Move {
    private static final String NAME = "natter.websocket";

    private Move() {}

    /// Leaves nothing of HTTP in the pipeline: `socket` takes the place of the codec and of all
    /// that stands behind it. What stands in front, TLS for one, stays. The codec goes last, since
    /// it hands on the bytes that it has read too far.
    static void toWebSocket(ChannelHandlerContext http, NettyWebSocket socket) {
        var pipeline = http.pipeline();
        var behind = new ArrayList<ChannelHandler>();
        boolean seen = false;
        ChannelHandler codec = null;
        for (var each : pipeline) {
            if (isCodec(each.getValue())) {
                codec = each.getValue();
                seen = true;
            } else if (seen) {
                behind.add(each.getValue());
            }
        }
        pipeline.addAfter(http.name(), NAME, socket);
        behind.forEach(pipeline::remove);
        if (codec != null) {
            pipeline.remove(codec);
        }
    }

    /// Somebody else's, or the one half of it that a host of our own has.
    private static boolean isCodec(ChannelHandler handler) {
        return handler instanceof HttpServerCodec || handler instanceof HttpRequestDecoder;
    }

    /// Whether this is a WebSocket of ours. Any thread.
    static boolean isWebSocket(Channel channel) {
        return channel.pipeline().get(NAME) != null;
    }

    /// Whether an HTTP/1.1 codec is there to stand behind.
    static ChannelHandlerContext codec(ChannelPipeline pipeline) {
        var codec = pipeline.context(HttpServerCodec.class);
        if (codec == null) {
            throw new IllegalArgumentException(
                    "no HttpServerCodec in this pipeline: Natter attaches behind an HTTP/1.1 codec,"
                            + " here are "
                            + pipeline.names());
        }
        return codec;
    }

    /// Writes the answer to the handshake and opens the socket on `home`. A channel of another
    /// event loop changes over first: it reads nothing until it is registered there, and has
    /// nothing left to write when it leaves. A client that has its answer can therefore count on
    /// this: what it sends now is read before what it asks for afterwards on another connection.
    static void home(
            Channel channel,
            EventLoopStrand from,
            EventLoopStrand home,
            NettyWebSocket socket,
            ByteBuf answer,
            Function<WebSocketConnection, WebSocketListener> factory,
            HostMetrics metrics) {
        if (from == home) {
            socket.writeHandshake(answer);
            socket.open(factory);
            return;
        }
        metrics.moves.increment();
        stopReading(channel);
        // Written past all handlers, so that it is out when the answers before it are.
        channel.pipeline()
                .firstContext()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(
                        written -> {
                            if (written.isSuccess()) {
                                register(channel, home, socket, answer, factory);
                            } else {
                                home.execute(() -> open(channel, socket, answer, factory));
                            }
                        });
    }

    /// Takes a read that was asked for back as well. Netty does that only where `autoRead` goes
    /// from on to off. Else, where reading is by request, io_uring keeps `readPending` over the
    /// change, though what should have ended that wait was cancelled with it, and takes no wish to
    /// read ever again (`AbstractIoUringChannel.doBeginRead`, Netty 4.2.18).
    private static void stopReading(Channel channel) {
        channel.config().setAutoRead(true);
        channel.config().setAutoRead(false);
    }

    private static void register(
            Channel channel,
            EventLoopStrand home,
            NettyWebSocket socket,
            ByteBuf answer,
            Function<WebSocketConnection, WebSocketListener> factory) {
        channel.deregister()
                .addListener(
                        _ ->
                                home.loop
                                        .register(channel)
                                        .addListener(
                                                registered -> {
                                                    if (!registered.isSuccess()) {
                                                        channel.unsafe().closeForcibly();
                                                    }
                                                    home.execute(
                                                            () ->
                                                                    open(
                                                                            channel, socket, answer,
                                                                            factory));
                                                }));
    }

    private static void open(
            Channel channel,
            NettyWebSocket socket,
            ByteBuf answer,
            Function<WebSocketConnection, WebSocketListener> factory) {
        if (channel.isActive()) {
            socket.writeHandshake(answer);
        } else {
            answer.release();
        }
        socket.open(factory);
    }
}
