package io.natter.chat.web.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Set;

/// Takes the base path off the target of each request, so that everything behind knows paths below
/// `/` only. A target outside is not found, besides the pages that programs on this side of the
/// proxy ask for.
@ChannelHandler.Sharable
public final class BasePath extends ChannelInboundHandlerAdapter {
    static final String NAME = "natter-base-path";

    /// The path, without its slash, of a request for the base path without a slash at its end.
    public static final String WITHOUT_SLASH = ".base-path-without-slash";

    private static final String OUTSIDE = "/.outside-the-base-path";
    private static final Set<String> PROBES = Set.of("/healthz", "/readyz", "/metrics");

    private final String path;

    /// @param path as in `/chat`
    BasePath(String path) {
        this.path = path;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            request.setUri(inside(request.uri()));
        }
        context.fireChannelRead(message);
    }

    private String inside(String target) {
        int query = target.indexOf('?');
        String asked = query < 0 ? target : target.substring(0, query);
        if (asked.equals(path)) {
            return "/" + WITHOUT_SLASH;
        }
        if (asked.startsWith(path + "/")) {
            return target.substring(path.length());
        }
        // Paths of RequestChecks pass as well: nothing is there.
        return PROBES.contains(asked) || asked.startsWith("/.") ? target : OUTSIDE;
    }
}
