package io.natter.netty;

import io.natter.host.Loggers;
import io.natter.netty.http.HostContext;
import io.natter.netty.http.HttpConnection;
import io.natter.netty.http.InboundThrottle;
import io.natter.netty.websocket.UpgradeHandoff;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/// Waits in a pipeline that gets its codec when the TLS handshake has chosen a protocol (ALPN, RFC
/// 7301). If that is HTTP/1.1, it attaches the host. On the event loop.
final class AttachAfterAlpn extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Loggers.of(AttachAfterAlpn.class);
    private static final String NAME = "natter.alpn";
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private final HostContext hosted;

    private AttachAfterAlpn(HostContext hosted) {
        this.hosted = hosted;
    }

    /// Attaches now, or when a protocol was chosen.
    ///
    /// @throws IllegalArgumentException if there is no HTTP/1.1 codec and will be none
    static void attach(ChannelPipeline pipeline, HostContext hosted) {
        var alpn = pipeline.context(ApplicationProtocolNegotiationHandler.class);
        if (alpn == null || pipeline.context(HttpServerCodec.class) != null) {
            behindCodec(pipeline, hosted);
        } else {
            pipeline.addAfter(alpn.name(), NAME, new AttachAfterAlpn(hosted));
        }
    }

    private static void behindCodec(ChannelPipeline pipeline, HostContext hosted) {
        var codec = UpgradeHandoff.codec(pipeline).name();
        var http = new HttpConnection(hosted);
        pipeline.addBefore(codec, InboundThrottle.NAME, http.gate());
        pipeline.addAfter(codec, HttpConnection.NAME, http);
    }

    /// The handler that chooses stands before this and has made the pipeline by now.
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
        if (evt instanceof SslHandshakeCompletionEvent handshake) {
            var pipeline = ctx.pipeline();
            if (pipeline.context(HttpServerCodec.class) != null) {
                behindCodec(pipeline, hosted);
            } else if (handshake.isSuccess() && LOGGED.compareAndSet(false, true)) {
                LOG.info(
                        "A client speaks HTTP/2: its requests go to the application, those for"
                                + " Natter's paths too. Natter serves clients that speak HTTP/1.1,"
                                + " as those of WebSockets do");
            }
            pipeline.remove(this);
        }
        ctx.fireUserEventTriggered(evt);
    }
}
