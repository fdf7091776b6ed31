package io.natter.chat.web.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// Requests that Reactor Netty must not get as they are go to a path of their own instead, where
/// `Routes` refuses them:
///
/// - a target that is no URI, as `/%zz` and `/a|b`: Reactor Netty would log a stack trace for each
///   and answer nothing;
/// - more than 100 headers: Reactor Netty keeps the last request of each connection, and 16 KB of
///   short headers are half a megabyte as objects.
@ChannelHandler.Sharable
public final class RequestChecks extends ChannelInboundHandlerAdapter {
    static final RequestChecks INSTANCE = new RequestChecks();
    static final String NAME = "natter-request-checks";

    /// Paths, without their slash. Nothing is there, so that asking for one gives the same answer.
    public static final String MALFORMED = ".malformed-request-target";

    public static final String TOO_MANY_HEADERS = ".too-many-headers";

    /// As many as the library takes.
    public static final int MAX_HEADERS = 100;

    /// The headers that say how long the body is.
    private static final List<AsciiString> FRAMING =
            List.of(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderNames.TRANSFER_ENCODING);

    private RequestChecks() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.headers().size() > MAX_HEADERS) {
                request.setUri("/" + TOO_MANY_HEADERS);
                keepFraming(request.headers());
            } else if (!isUri(request.uri())) {
                request.setUri("/" + MALFORMED);
            }
        }
        context.fireChannelRead(message);
    }

    private static void keepFraming(HttpHeaders headers) {
        var kept = new DefaultHttpHeaders();
        for (AsciiString name : FRAMING) {
            kept.add(name, headers.getAll(name));
        }
        headers.set(kept);
    }

    private static boolean isUri(String target) {
        try {
            // As Reactor Netty reads them: a target with a scheme is taken whole.
            new URI(target.startsWith("/") ? "http://localhost" + target : target);
            return !target.isEmpty();
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
