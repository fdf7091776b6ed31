package io.natter.netty.http;

import io.natter.host.Endpoint;
import io.natter.netty.frame.NettyHandshake;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// The HTTP side of a connection, right behind its codec. It gives requests to the endpoints one at
/// a time: the next when the response to the one before has left. It writes the responses in order.
/// Behind another server's codec it passes on requests that belong to no endpoint, and keeps the
/// order between those responses and its own. On the event loop.
public final class HttpConnection extends HttpEnd {
    public static final String NAME = "natter.http";

    /// The number of requests of one connection that begin before the others have their turn.
    private static final int REQUESTS = 16;

    private int begun;

    public HttpConnection(HostContext hosted) {
        super(hosted);
    }

    /// To stand before the codec.
    public InboundThrottle gate() {
        return gate;
    }

    // ---- in -------------------------------------------------------------------------------------

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        // Messages that the handlers of a body's events send are gathered, as those of a WebSocket
        // are.
        strand().reading(true);
        try {
            if (!backlog.isEmpty() || !offer(ctx, msg)) {
                backlog.add(msg);
            }
        } finally {
            strand().reading(false);
        }
    }

    /// Takes a message, or says that it must wait for its turn.
    private boolean offer(ChannelHandlerContext ctx, Object msg) {
        if (ending) {
            discard(msg);
            return true;
        }
        return switch (msg) {
            case HttpRequest request -> offerRequest(ctx, request);
            case HttpContent content -> offerContent(ctx, content);
            default -> {
                ctx.fireChannelRead(msg);
                yield true;
            }
        };
    }

    private boolean offerRequest(ChannelHandlerContext ctx, HttpRequest request) {
        if (turn != null || answers().isLeaving() || begun == REQUESTS) {
            return false;
        }
        if (request.decoderResult().isFailure() && !attached()) {
            ReferenceCountUtil.release(request);
            refuse(ErrorResponses.broken(request.decoderResult().cause()));
            return true;
        }
        var path = RequestHead.path(request.uri());
        var endpoint = hosted.find(request, path);
        if (behind.isAnswering()) {
            return false;
        }
        if (endpoint == null && attached()) {
            // One at a time, and none while its answer would wait: the application may keep
            // whatever it is given.
            if (!ctx.channel().isWritable()) {
                return false;
            }
            begins();
            timer().rest();
            behind.give(request);
            ctx.fireChannelRead(request);
            return true;
        }
        start(ctx, request, path, endpoint);
        return true;
    }

    /// A request begins. The next ones may have to wait until the event loop has read its other
    /// sockets: a task would run before that.
    private void begins() {
        begun++;
        if (begun == REQUESTS) {
            strand().executeAfterReads(() -> guarded(this::beginMore));
        }
    }

    private void beginMore() {
        begun = 0;
        drainUnlessRemoved();
    }

    private void start(
            ChannelHandlerContext ctx,
            HttpRequest request,
            String path,
            @Nullable Endpoint endpoint) {
        begins();
        backlog.consumed();
        firstRequest = false;
        counters().requests.increment();
        answers().begin(request);
        if (attached()) {
            ReactorPipeline.pauseIdleTimeout(ctx.pipeline());
        }
        var fault = RequestHead.fault(request, path, hosted.rules());
        if (fault != null) {
            refuse(fault.answer());
            return;
        }
        timer().awaitBody();
        var head = RequestHead.of(request, path, ctx.channel());
        if (endpoint != null && NettyHandshake.wanted(request)) {
            startUpgrade(request, head, endpoint);
            return;
        }
        var exchange = new NettyHttpExchange(this, head, request);
        turn = exchange;
        if (attached() && exchange.hasBody()) {
            allowHalfClosure(true);
        }
        guarded(
                () -> {
                    var fallback = hosted.fallback();
                    if (endpoint != null) {
                        endpoint.http(exchange);
                    } else if (fallback != null) {
                        fallback.accept(exchange);
                    }
                });
    }

    private void startUpgrade(
            HttpRequest request, io.natter.host.HttpRequest head, Endpoint endpoint) {
        var refusal = NettyHandshake.refusal(request);
        if (refusal != null) {
            refuse(refusal);
        } else {
            var key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
            turn = new NettyUpgrade(this, endpoint, head, key);
        }
    }

    private boolean offerContent(ChannelHandlerContext ctx, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (behind.takes(content)) {
            ctx.fireChannelRead(content);
            return true;
        }
        backlog.consumed();
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(ErrorResponses.broken(content.decoderResult().cause()));
            return true;
        }
        int size = content.content().readableBytes();
        var taker = turn;
        if (taker == null) {
            timer().came(size);
            discard(content);
            if (last && leftover.ends()) {
                timer().awaitClient();
            }
            return true;
        }
        boolean[] taken = {true};
        guarded(() -> taken[0] = taker.take(content));
        if (taken[0]) {
            timer().came(size);
            content.release();
            if (last && turn == taker && !inputEnded) {
                timer().rest();
            }
        }
        return taken[0];
    }

    private void discard(Object msg) {
        if (!leftover.discard(msg)) {
            var ignored = context().close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        backlog.readOn(ctx);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        backlog.read(ctx);
    }

    @Override
    void drain() {
        var ctx = context();
        backlog.drain(ctx, msg -> offer(ctx, msg));
        if (backlog.isEmpty() && !ctx.isRemoved()) {
            gate.resume();
        }
        if (inputEnded
                && turn == null
                && backlog.isEmpty()
                && !answers().isLeaving()
                && !behind.isAnswering()) {
            var ignored = ctx.close();
        }
    }

    void bodyWanted() {
        drain();
    }

    // ---- upgrade --------------------------------------------------------------------------------

    /// Whether the connection may become a WebSocket now. Bytes that came too early forbid it, and
    /// are answered.
    boolean ready(NettyUpgrade upgrade) {
        if (!backlog.isEmpty()) {
            reject("bytes came before the WebSocket was open");
        }
        return turn == upgrade && context().channel().isActive();
    }

    /// The connection is HTTP's no more.
    void leave() {
        turn = null;
        allowHalfClosure(false);
    }

    /// The codec has left the pipeline: what is held before it came behind what the codec has
    /// handed on.
    void handOnRest() {
        var pipeline = context().pipeline();
        if (pipeline.context(gate) != null) {
            pipeline.remove(gate);
        }
    }
}
