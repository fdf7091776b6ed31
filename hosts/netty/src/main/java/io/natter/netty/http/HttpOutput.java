package io.natter.netty.http;

import io.natter.host.HttpResponse;
import io.natter.host.Loggers;
import io.natter.netty.loop.ConnectionMemory;
import io.natter.netty.loop.ConnectionRegistry;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.FailureLog;
import io.natter.netty.loop.HostCounters;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/// The answering half of an [HttpConnection]. On the event loop.
abstract sealed class HttpOutput extends ChannelDuplexHandler implements ResponseWriter.Owner
        permits HttpEnd {
    private static final FailureLog FAILURES = new FailureLog(Loggers.of(HttpConnection.class));

    final HostContext hosted;
    final ConnectionMemory memory;
    final HeldReads backlog;
    final InboundThrottle gate;
    final DownstreamRequests behind = new DownstreamRequests();
    final UnreadBody leftover = new UnreadBody();

    /// The request that is answered next.
    @Nullable CurrentRequest turn;

    boolean firstRequest = true;

    /// The last answer was given; what comes is thrown away.
    boolean ending;

    /// The client has closed its half of the connection.
    boolean inputEnded;

    private @Nullable Place place;

    /// Where this stands, and how answers leave from there.
    private record Place(
            ChannelHandlerContext context,
            EventLoopStrand strand,
            ResponseWriter answers,
            HttpTimeouts timer) {}

    HttpOutput(HostContext hosted) {
        this.hosted = hosted;
        this.memory = new ConnectionMemory(hosted.counters().memory, this::closeForMemory);
        this.backlog = new HeldReads(memory);
        this.gate = new InboundThrottle(backlog::isEmpty, memory);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        var home = EventLoopStrand.current(ctx.channel().eventLoop());
        var answers =
                attached()
                        ? new CodecResponseWriter(this, memory)
                        : new DirectResponseWriter(ctx.channel(), this, memory);
        var timer = new HttpTimeouts(home, hosted.rules(), () -> guarded(this::timedOut));
        place = new Place(ctx, home, answers, timer);
        hosted.counters().connections.increment();
        if (!attached()) {
            timer.awaitHead();
        }
    }

    private Place place() {
        var here = place;
        if (here == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return here;
    }

    final ChannelHandlerContext context() {
        return place().context;
    }

    final EventLoopStrand strand() {
        return place().strand;
    }

    final ResponseWriter answers() {
        return place().answers;
    }

    final HttpTimeouts timer() {
        return place().timer;
    }

    final HostCounters counters() {
        return hosted.counters();
    }

    public final ConnectionMemory memory() {
        return memory;
    }

    /// Offers again what had to wait.
    abstract void drain();

    /// The connections of the host, or null on an existing server.
    final @Nullable ConnectionRegistry connections() {
        return hosted.connections();
    }

    final boolean attached() {
        return hosted.fallback() == null;
    }

    /// Runs code that may throw. Then the client must get an answer, and only this connection may
    /// end.
    final void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable t) {
            broke(t);
        }
    }

    private void broke(Throwable cause) {
        counters().failed(cause);
        FAILURES.report("An HTTP request failed; its connection is closed", cause);
        try {
            if (turn != null) {
                failed();
                return;
            }
        } catch (Throwable t) {
            counters().failed(t);
        }
        var ignored = context().close();
    }

    /// An answer of the application behind us passes.
    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        boolean done = behind.answers(msg);
        var ignored = ctx.write(msg, promise);
        if (behind.hasSwitched()) {
            ctx.pipeline().remove(this);
            ctx.pipeline().remove(gate);
        } else if (done) {
            // Not now: the application is writing its response.
            drainSoon();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        if (attached() && ctx.channel().isWritable()) {
            drainSoon();
        }
    }

    private void drainSoon() {
        strand().execute(() -> guarded(this::drainUnlessRemoved));
    }

    final void drainUnlessRemoved() {
        if (!context().isRemoved()) {
            drain();
        }
    }

    final void closeAfterAnswer() {
        answers().closeNext();
    }

    final void writeContinue() {
        answers().writeContinue(context());
    }

    final void answer(NettyHttpExchange exchange, HttpResponse response) {
        if (turn != exchange) {
            return;
        }
        turn = null;
        leftover.begin(!exchange.isWhole());
        if (leftover.isAwaited()) {
            timer().awaitBody();
        } else {
            timer().awaitClient();
        }
        write(response);
        if (attached() && !inputEnded) {
            allowHalfClosure(false);
        }
        drain();
    }

    private void write(HttpResponse response) {
        try {
            answers().write(context(), response, strand().date());
        } catch (IllegalArgumentException e) {
            FAILURES.report("An answer could not be written; the client gets a 500", e);
            answers().closeNext();
            answers().write(context(), ErrorResponses.failed(), strand().date());
        }
        if (!answers().keepsAlive()) {
            ending = true;
            if (!answers().isLeaving()) {
                lastLeft();
            }
        }
    }

    @Override
    public void answerProgressed() {
        if (!answers().isLeaving() && ending) {
            lastLeft();
        } else if (!leftover.isAwaited()) {
            timer().awaitClient();
        }
        if (!answers().isLeaving()) {
            drain();
        }
    }

    @Override
    public void answerFailed(Throwable cause) {
        broke(cause);
    }

    /// The last answer has left. If possible, the client closes first. If the server closed while
    /// bytes of the client are unread, it would reset the connection, and the answer would be lost.
    private void lastLeft() {
        var channel = context().channel();
        if (inputEnded || RequestHead.secure(channel) || !(channel instanceof DuplexChannel half)) {
            var ignored = channel.close();
            return;
        }
        var ignored = half.shutdownOutput();
        timer().awaitEnd();
        backlog.consumed();
        backlog.readOn(context());
    }

    /// Answers 400 with a reason.
    final void reject(String reason) {
        refuse(ErrorResponses.error(HttpResponseStatus.BAD_REQUEST, reason));
    }

    final void refuse(HttpResponse answer) {
        counters().badRequests.increment();
        answerAndEnd(answer);
    }

    final void failed() {
        answerAndEnd(ErrorResponses.failed());
    }

    /// The last answer of this connection.
    final void answerAndEnd(HttpResponse response) {
        var unanswered = turn;
        turn = null;
        if (answers().isLeaving()) {
            var ignored = context().close();
        } else {
            answers().closeNext();
            timer().awaitClient();
            write(response);
        }
        if (unanswered instanceof NettyHttpExchange) {
            unanswered.abort();
        }
        drain();
    }

    final void allowHalfClosure(boolean allowed) {
        var ignored =
                context().channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, allowed);
    }

    /// Any thread.
    private void closeForMemory(String detail) {
        strand().execute(() -> guarded(() -> overMemory(detail)));
    }

    /// The connection holds too much of the memory budget.
    abstract void overMemory(String detail);

    /// The time for the present step is up.
    abstract void timedOut();
}
