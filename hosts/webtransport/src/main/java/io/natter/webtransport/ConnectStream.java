package io.natter.webtransport;

import io.natter.host.HttpRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request of HTTP/3: the extended CONNECT of a session (RFC 9220), whose stream then has the
/// session's capsules. All other requests are refused.
final class ConnectStream extends Http3RequestStreamInboundHandler implements Capsules.Sink {
    private static final Set<String> PROTOCOLS = Set.of("webtransport", "webtransport-h3");

    private final ClientConnection connection;
    private final Capsules capsules = new Capsules(this);
    private boolean isSession;

    ConnectStream(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    protected void channelRead(ChannelHandlerContext ctx, Http3HeadersFrame frame) {
        if (isSession) {
            return; // trailers
        }
        var headers = frame.headers();
        int status = status(ctx, headers);
        isSession = status == 200;
        var answer = new DefaultHttp3HeadersFrame();
        answer.headers().status(Integer.toString(status));
        if (isSession) {
            answer.headers().set("sec-webtransport-http3-draft", "draft02");
            var ignored = ctx.writeAndFlush(answer);
        } else {
            connection.host().metrics().badRequests.increment();
            ctx.writeAndFlush(answer).addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        }
    }

    private int status(ChannelHandlerContext ctx, Http3Headers headers) {
        var protocol = headers.get(":protocol");
        if (!"CONNECT".contentEquals(text(headers.method())) || protocol == null) {
            return 404; // a page or a script: this host has none
        } else if (!PROTOCOLS.contains(protocol.toString())) {
            return 501;
        }
        var request = request(headers);
        return request == null ? 400 : connection.offer((QuicStreamChannel) ctx.channel(), request);
    }

    /// The request as a GET, which is the form in which endpoints know handshakes. Null where the
    /// path is malformed.
    private @Nullable HttpRequest request(Http3Headers headers) {
        var target = text(headers.path());
        int mark = target.indexOf('?');
        String path;
        try {
            // A plus sign is a plus sign in a path.
            var raw = (mark < 0 ? target : target.substring(0, mark)).replace("+", "%2B");
            path = URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        var query = mark < 0 ? "" : target.substring(mark + 1);
        return new HttpRequest("GET", path, query, map(headers), address(), true);
    }

    private static Map<String, List<String>> map(Http3Headers headers) {
        var map = new LinkedHashMap<String, List<String>>();
        map.put("host", List.of(text(headers.authority())));
        for (var header : headers) {
            var name = header.getKey().toString();
            if (!name.startsWith(":") && !name.equals("host")) {
                map.computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(header.getValue().toString());
            }
        }
        return map;
    }

    private InetSocketAddress address() {
        return connection.channel().remoteSocketAddress() instanceof InetSocketAddress address
                ? address
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }

    @Override
    protected void channelRead(ChannelHandlerContext ctx, Http3DataFrame frame) {
        try {
            if (isSession) {
                capsules.read(frame.content());
            }
        } finally {
            frame.release();
        }
    }

    @Override
    protected void channelInputClosed(ChannelHandlerContext ctx) {
        if (isSession) {
            connection.closedByClient("");
        }
    }

    @Override
    public void closed(int code, String reason) {
        connection.closedByClient(reason);
    }

    @Override
    public void malformed(String reason) {
        connection.host().metrics().violations.increment();
        connection.closedByClient(reason);
    }

    /// A client that leaves resets the stream.
    @Override
    protected void handleQuicException(ChannelHandlerContext ctx, QuicException cause) {
        if (isSession) {
            connection.closedByClient("");
        }
    }

    @Override
    protected void handleHttp3Exception(ChannelHandlerContext ctx, Http3Exception cause) {
        connection.host().metrics().badRequests.increment();
        connection.abort();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (isSession) {
            connection.closedByClient("");
        }
        ctx.fireChannelInactive();
    }
}
