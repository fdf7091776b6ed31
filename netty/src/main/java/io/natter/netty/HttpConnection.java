package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpResponse;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP side of a connection, right behind its codec: gives requests to the endpoints one at a
/// time and writes their answers in order. Behind somebody else's codec it passes on, untouched,
/// what is for no endpoint, and keeps the order between those answers and ours. On the event loop.
final class HttpConnection extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    static final String NAME = "natter.http";

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Hosted hosted;
    private final Backlog backlog = new Backlog();
    private final Behind behind = new Behind();
    private final Deadline deadline = new Deadline(this::timedOut);
    private final Leftover leftover = new Leftover();
    private @Nullable Place place;
    private @Nullable Turn turn;
    private boolean firstRequest = true;

    /// The last answer was given; what comes is thrown away.
    private boolean ending;

    /// Where this stands, and how answers leave from there.
    private record Place(
            ChannelHandlerContext context, EventLoopStrand strand, AnswerWriter answers) {}

    HttpConnection(Hosted hosted) {
        this.hosted = hosted;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        var home = EventLoopStrand.current(ctx.channel().eventLoop());
        var answers = attached() ? new CodecAnswers() : new ByteAnswers(ctx.channel());
        place = new Place(ctx, home, answers);
        hosted.metrics().connections.increment();
        if (!attached()) {
            deadline.set(home, hosted.rules().headTimeout());
        }
    }

    private Place place() {
        var here = place;
        if (here == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return here;
    }

    ChannelHandlerContext context() {
        return place().context;
    }

    EventLoopStrand strand() {
        return place().strand;
    }

    private AnswerWriter answers() {
        return place().answers;
    }

    HostMetrics metrics() {
        return hosted.metrics();
    }

    /// The connections that this is one of, or null where it is somebody else's.
    @Nullable Lines lines() {
        return hosted.lines();
    }

    private boolean attached() {
        return hosted.fallback() == null;
    }

    // ---- in -------------------------------------------------------------------------------------

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        // What the handlers of a body's events send is gathered, as a WebSocket's is.
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
        if (turn != null) {
            return false;
        }
        if (request.decoderResult().isFailure() && !attached()) {
            ReferenceCountUtil.release(request);
            refuse(Answers.broken(request.decoderResult().cause()));
            return true;
        }
        var path = RequestHead.path(request.uri());
        var endpoint = hosted.find(request, path);
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
        answers().begin(request);
        if (attached()) {
            ReactorPipeline.pauseIdleTimeout(ctx.pipeline());
        }
        var fault = RequestHead.fault(request, path);
        if (fault != null) {
            reject(fault);
            return;
        }
        deadline.set(strand(), hosted.rules().bodyTimeout());
        var head = RequestHead.of(request, path, ctx.channel());
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
        var refusal = Handshake.refusal(request);
        if (refusal != null) {
            refuse(refusal);
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
            refuse(Answers.broken(content.decoderResult().cause()));
            return true;
        }
        var taker = turn;
        if (taker == null) {
            discard(content);
            if (last && leftover.ends()) {
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
        if (!leftover.discard(msg)) {
            var _ = context().close();
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
        answers().closeNext();
    }

    void writeContinue() {
        answers().writeContinue(context());
    }

    void answer(NettyHttpExchange exchange, HttpResponse response) {
        if (turn != exchange) {
            return;
        }
        turn = null;
        leftover.begin(!exchange.isWhole());
        try {
            if (!answers().keepsAlive()) {
                writeLast(response);
                return;
            }
            answers().write(context(), response, strand().date());
        } catch (IllegalArgumentException e) {
            LOG.error("An answer could not be written", e);
            failed();
            return;
        }
        deadline.set(
                strand(),
                leftover.isAwaited() ? hosted.rules().bodyTimeout() : hosted.rules().idleTimeout());
        drain();
    }

    /// Answers 400 with a reason.
    void reject(String reason) {
        refuse(Answers.error(HttpResponseStatus.BAD_REQUEST, reason));
    }

    private void refuse(HttpResponse answer) {
        metrics().badRequests.increment();
        answerAndEnd(answer);
    }

    void failed() {
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
        if (answers()
                .writeLast(
                        context(),
                        response,
                        strand().date(),
                        RequestHead.secure(context().channel()))) {
            backlog.consumed();
            backlog.readOn(context());
        }
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
}
