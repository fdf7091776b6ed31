package io.natter.netty.websocket;

import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.netty.loop.ChannelConnection;
import io.natter.netty.loop.ConnectionRegistry;
import io.natter.netty.loop.EpollConnection;
import io.natter.netty.loop.EventLoopStrand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.ArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// From an HTTP connection to a WebSocket on the event loop of its session, and where that can be,
/// out of its channel.
public final class UpgradeHandoff {
    private static final String NAME = "natter.websocket";

    private final Channel channel;
    private final @Nullable ConnectionRegistry connections;
    private final NettyWebSocket socket;
    private final ChannelConnection connection;
    private final EventLoopStrand home;
    private final ByteBuf answer;
    private final Function<WebSocketConnection, WebSocketListener> factory;

    /// @param connections of the host, if this one may leave its channel; else null
    /// @param answer to the handshake
    public UpgradeHandoff(
            ChannelHandlerContext http,
            @Nullable ConnectionRegistry connections,
            NettyWebSocket socket,
            ByteBuf answer,
            Function<WebSocketConnection, WebSocketListener> factory) {
        channel = http.channel();
        this.connections = connections;
        this.socket = socket;
        home = socket.strand();
        connection = new ChannelConnection(home, socket);
        this.answer = answer;
        this.factory = factory;
        socket.attach(connection);
        takePlaceOf(http);
    }

    /// Leaves nothing of HTTP in the pipeline: the connection takes the place of the codec and of
    /// all that stands behind it. Handlers in front, such as TLS, stay. The codec goes last, since
    /// it hands on the bytes that it has read too far.
    private void takePlaceOf(ChannelHandlerContext http) {
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
        pipeline.addAfter(http.name(), NAME, connection);
        behind.forEach(pipeline::remove);
        if (codec != null) {
            pipeline.remove(codec);
        }
    }

    /// The connection of an existing server, or the half of it that a standalone host has.
    private static boolean isCodec(ChannelHandler handler) {
        return handler instanceof HttpServerCodec || handler instanceof HttpRequestDecoder;
    }

    /// Whether this is a WebSocket of ours. Any thread.
    public static boolean isWebSocket(Channel channel) {
        return channel.pipeline().get(NAME) != null;
    }

    /// Whether an HTTP/1.1 codec is there to stand behind.
    public static ChannelHandlerContext codec(ChannelPipeline pipeline) {
        var codec = pipeline.context(HttpServerCodec.class);
        if (codec == null) {
            throw new IllegalArgumentException(
                    "no HttpServerCodec in this pipeline and no choice of protocols by TLS: Natter"
                            + " attaches behind an HTTP/1.1 codec. Let the server speak HTTP/1.1,"
                            + " and attach when its handlers are there, which are now "
                            + pipeline.names());
        }
        return codec;
    }

    /// Writes the response to the handshake and opens the socket on its strand. A caller that
    /// changes the event loop or leaves the channel reads nothing until that is done. When it
    /// leaves, it has nothing left to write. So a client that has the response can rely on the
    /// order. A frame that it sends now is read before its later requests on another connection.
    ///
    /// A channel of io_uring stays on its event loop, and its connection works between the two
    /// loops. If the channel changed its loop, the kernel would answer earlier requests to the old
    /// loop. Both loops would then change the state of the channel
    /// (`AbstractIoUringChannel.ioState`, Netty 4.2.18), and sometimes it was never read again.
    public void begin(EventLoopStrand from) {
        boolean stays = from == home;
        if (!stays && channel instanceof IoUringSocketChannel) {
            home.execute(this::open);
            return;
        }
        if (!stays) {
            socket.counters().moves.increment();
        }
        if (stays && !leavesChannel()) {
            open();
            return;
        }
        channel.config().setAutoRead(false);
        // Written past all handlers, so that it is out when the answers before it are.
        channel.pipeline()
                .firstContext()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(
                        written -> {
                            if (written.isSuccess()) {
                                channel.deregister().addListener(ignored -> register());
                            } else {
                                home.execute(this::open);
                            }
                        });
    }

    private boolean leavesChannel() {
        return connections != null
                && connection.socket() != null
                && EpollConnection.fits(home.loop);
    }

    private void register() {
        if (leavesChannel()) {
            home.execute(this::leaveChannel);
            return;
        }
        home.loop
                .register(channel)
                .addListener(
                        registered -> {
                            if (!registered.isSuccess()) {
                                channel.unsafe().closeForcibly();
                            }
                            home.execute(this::open);
                        });
    }

    /// From now on the channel is in no event loop and in no group, and its descriptor belongs to
    /// the connection.
    private void leaveChannel() {
        try {
            var fd = connection.socket();
            if (fd != null && connections != null && fd.isOpen()) {
                var own = new EpollConnection(fd.intValue(), home, socket, connections);
                if (connections.replace(channel, own)) {
                    socket.attach(own);
                    own.open();
                } else {
                    channel.unsafe().closeForcibly();
                }
            }
        } catch (Throwable t) {
            socket.broke("A WebSocket could not leave its channel and is closed", t);
        }
        open();
    }

    private void open() {
        try {
            if (socket.isUp()) {
                socket.writeHandshake(answer);
                connection.opened();
            } else {
                answer.release();
            }
        } catch (Throwable t) {
            socket.broke("The answer to a handshake could not be written; it is closed", t);
        }
        socket.open(factory);
    }
}
