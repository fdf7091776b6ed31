package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpResponse;
import io.natter.engine.UpgradeExchange.Acceptance;
import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP side of a connection, right behind its codec: gives requests to the endpoints one at a
/// time and writes their answers in order. Behind somebody else's codec it passes on, untouched,
/// what is for no endpoint, and keeps the order between those answers and ours. On the event loop.
final class HttpConnection extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    static final String NAME = "natter.http";

    /// Of a body that nobody wants, this much is read so that the connection can be kept.
    private static final long MAX_DISCARDED = 16L * 1024 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Hosted hosted;
    private final Backlog backlog = new Backlog();
    private final Behind behind = new Behind();
    private final Deadline deadline = new Deadline(this::timedOut);
    private @Nullable ChannelHandlerContext context;
    private @Nullable EventLoopStrand strand;

    private @Nullable Turn turn;
    private boolean firstRequest = true;
    private final AnswerWriter answers = new AnswerWriter();

    /// The rest of a body is thrown away; nothing more is answered once `ending`.
    private boolean discarding;

    private long discarded;
    private boolean ending;

    HttpConnection(Hosted hosted) {
        this.hosted = hosted;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        var home = EventLoopStrand.current(ctx.channel().eventLoop());
        strand = home;
        hosted.metrics().connections.increment();
        if (!attached()) {
            deadline.set(home, hosted.rules().headTimeout());
        }
    }

    private ChannelHandlerContext context() {
        var ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    EventLoopStrand strand() {
        var home = strand;
        if (home == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return home;
    }

    HostMetrics metrics() {
        return hosted.metrics();
    }

    private boolean attached() {
        return hosted.fallback() == null;
    }

    // ---- in -------------------------------------------------------------------------------------

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!backlog.isEmpty() || !offer(ctx, msg)) {
            backlog.add(msg);
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
        if (turn != null) {
            return false;
        }
        if (request.decoderResult().isFailure() && !attached()) {
            ReferenceCountUtil.release(request);
            refuseBroken(request.decoderResult().cause());
            return true;
        }
        String path;
        try {
            path = RequestHead.path(request.uri());
        } catch (IllegalArgumentException _) {
            path = "";
        }
        var endpoint =
                request.decoderResult().isFailure()
                        ? null
                        : hosted.find(path, Handshake.wanted(request));
        if (endpoint == null && attached()) {
            deadline.clear();
            behind.give(request);
            ctx.fireChannelRead(request);
            return true;
        }
        if (behind.isAnswering()) {
            return false;
        }
        start(ctx, request, path, endpoint);
        return true;
    }

    private void start(
            ChannelHandlerContext ctx,
            HttpRequest request,
            String path,
            @Nullable Endpoint endpoint) {
        backlog.consumed();
        firstRequest = false;
        metrics().requests.increment();
        answers.begin(request);
        if (attached()) {
            ReactorPipeline.pauseIdleTimeout(ctx.pipeline());
        }
        if (path.isEmpty()) {
            reject("the request target is not understood");
            return;
        }
        if (!answers.isHttp10() && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            reject("exactly one Host header is needed");
            return;
        }
        deadline.set(strand(), hosted.rules().bodyTimeout());
        var head = RequestHead.of(request, path, remote(ctx), secure(ctx));
        if (endpoint != null && Handshake.wanted(request)) {
            startUpgrade(request, head, endpoint);
            return;
        }
        var exchange =
                new NettyHttpExchange(
                        this,
                        head,
                        HttpUtil.getContentLength(request, -1L),
                        HttpUtil.is100ContinueExpected(request));
        turn = exchange;
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
            HttpRequest request, io.natter.engine.HttpRequest head, Endpoint endpoint) {
        var fault = Handshake.fault(request);
        if (fault != null) {
            reject(fault);
        } else if (!Handshake.knownVersion(request)) {
            metrics().badRequests.increment();
            answerAndEnd(Answers.otherVersion());
        } else {
            var key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
            turn = new NettyUpgrade(this, endpoint, head, key);
        }
    }

    /// Runs an endpoint's code, whose exceptions must not reach the client as a silence.
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("An endpoint threw", e);
            if (turn != null) {
                failed();
            }
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
            refuseBroken(content.decoderResult().cause());
            return true;
        }
        var taker = turn;
        if (taker == null) {
            discard(content);
            if (last && discarding) {
                discarding = false;
                deadline.set(strand(), hosted.rules().idleTimeout());
            }
            return true;
        }
        boolean[] taken = {true};
        guarded(() -> taken[0] = taker.take(content));
        if (taken[0]) {
            content.release();
            if (last && turn == taker) {
                deadline.clear();
            }
        }
        return taken[0];
    }

    private void discard(Object msg) {
        if (msg instanceof HttpContent content) {
            discarded += content.content().readableBytes();
            if (discarded > MAX_DISCARDED) {
                var _ = context().close();
            }
        }
        ReferenceCountUtil.release(msg);
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

    /// Offers again what had to wait.
    private void drain() {
        var ctx = context();
        backlog.drain(ctx, msg -> offer(ctx, msg));
    }

    void bodyWanted() {
        drain();
    }

    // ---- out ------------------------------------------------------------------------------------

    /// An answer of the application behind us passes.
    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        boolean done = behind.answers(msg);
        var _ = ctx.write(msg, promise);
        if (behind.hasSwitched()) {
            ctx.pipeline().remove(this);
        } else if (done) {
            drain();
        }
    }

    void closeAfterAnswer() {
        answers.closeNext();
    }

    void writeContinue() {
        answers.writeContinue(context());
    }

    void answer(NettyHttpExchange exchange, HttpResponse response) {
        if (turn != exchange) {
            return;
        }
        turn = null;
        discarding = !exchange.isWhole();
        discarded = 0;
        if (!answers.keepsAlive()) {
            writeLast(response);
            return;
        }
        answers.write(context(), response, strand().date());
        deadline.set(
                strand(), discarding ? hosted.rules().bodyTimeout() : hosted.rules().idleTimeout());
        drain();
    }

    /// Answers 400 with a reason.
    void reject(String reason) {
        metrics().badRequests.increment();
        answerAndEnd(Answers.error(HttpResponseStatus.BAD_REQUEST, reason));
    }

    private void refuseBroken(Throwable cause) {
        metrics().badRequests.increment();
        answerAndEnd(Answers.broken(cause));
    }

    private void failed() {
        answerAndEnd(
                Answers.error(
                        HttpResponseStatus.INTERNAL_SERVER_ERROR,
                        "the server failed on this request"));
    }

    /// The last answer of this connection.
    void answerAndEnd(HttpResponse response) {
        var unanswered = turn;
        turn = null;
        writeLast(response);
        if (unanswered instanceof NettyHttpExchange) {
            unanswered.abort();
        }
    }

    private void writeLast(HttpResponse response) {
        ending = true;
        deadline.set(strand(), LINGER);
        if (answers.writeLast(context(), response, strand().date(), secure(context()))) {
            backlog.consumed();
            backlog.readOn(context());
        }
    }

    // ---- upgrade --------------------------------------------------------------------------------

    void accept(
            NettyUpgrade upgrade,
            EventLoopStrand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> factory) {
        var ctx = context();
        boolean deflate = acceptance.deflate() != null && Handshake.offersDeflate(upgrade);
        var socket =
                new NettyWebSocket(
                        home,
                        metrics(),
                        acceptance.maxMessageBytes(),
                        deflate ? acceptance.deflate() : null);
        if (!backlog.isEmpty()) {
            reject("bytes came before the WebSocket was open");
        }
        ByteBuf answer = null;
        if (turn == upgrade && ctx.channel().isActive()) {
            try {
                answer = Handshake.answer(ctx.alloc(), upgrade.key(), acceptance, deflate);
            } catch (IllegalArgumentException e) {
                LOG.error("The answer to a WebSocket handshake could not be made", e);
                failed();
            }
        }
        if (answer == null) {
            home.execute(() -> socket.open(factory));
            return;
        }
        turn = null;
        Move.toWebSocket(ctx, socket);
        Move.home(ctx.channel(), strand(), home, socket, answer, factory, metrics());
    }

    // ---- end ------------------------------------------------------------------------------------

    private void timedOut() {
        var ctx = context();
        metrics().timeouts.increment();
        if (ending || (!firstRequest && turn == null)) {
            var _ = ctx.close();
        } else {
            answerAndEnd(
                    Answers.error(
                            HttpResponseStatus.REQUEST_TIMEOUT,
                            "the request did not come in time"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        gone();
    }

    private void gone() {
        deadline.end();
        var unanswered = turn;
        turn = null;
        if (unanswered != null) {
            unanswered.abort();
        }
        backlog.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (attached() && turn == null && !ending) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        LOG.debug("A connection failed", cause);
        var _ = ctx.close();
    }

    private static InetSocketAddress remote(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress address
                ? address
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static boolean secure(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(SslHandler.class) != null;
    }
}
