package io.natter.netty.http;

import io.natter.host.Loggers;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;

/// The end of an [HttpConnection]: the client has closed its half or all, a time is up, memory is
/// short, or the pipeline failed. On the event loop.
abstract sealed class HttpEnd extends HttpOutput permits HttpConnection {
    private static final Logger LOG = Loggers.of(HttpConnection.class);

    HttpEnd(HostContext hosted) {
        super(hosted);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
        if (!(evt instanceof ChannelInputShutdownEvent)
                || (attached() && turn == null && !ending)) {
            ctx.fireUserEventTriggered(evt);
            return;
        }
        inputEnded = true;
        boolean asked =
                turn instanceof NettyHttpExchange exchange
                        ? (exchange.isWhole() || backlog.endsRequest()) && exchange.endInput()
                        : turn == null && !ending && !backlog.isEmpty();
        if (asked || answers().isLeaving()) {
            timer().awaitClient();
        } else {
            var ignored = ctx.close();
        }
    }

    /// Closes the connection if a client that has closed its half was not answered meanwhile.
    final void giveUp(NettyHttpExchange exchange) {
        if (turn == exchange) {
            var ignored = context().close();
        }
    }

    @Override
    final void timedOut() {
        if (ending && !answers().isLeaving()) {
            var ignored = context().close();
            return;
        }
        boolean body =
                leftover.isAwaited()
                        || (turn instanceof NettyHttpExchange exchange && !exchange.isWhole());
        if (body && !ending && !inputEnded && timer().goesOn(!backlog.isEmpty())) {
            return;
        }
        counters().timeouts.increment();
        if (answers().isLeaving() || inputEnded || (!firstRequest && turn == null)) {
            var ignored = context().close();
        } else {
            answerAndEnd(
                    ErrorResponses.error(
                            HttpResponseStatus.REQUEST_TIMEOUT,
                            "the request did not come in time"));
        }
    }

    @Override
    final void overMemory(String detail) {
        if (context().isRemoved()) {
            return;
        }
        LOG.debug("A connection is closed: {}", detail);
        counters().closedForMemory.increment();
        if (turn == null || answers().isLeaving()) {
            var ignored = context().close();
        } else {
            answerAndEnd(ErrorResponses.outOfMemory());
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
        timer().end();
        var unanswered = turn;
        turn = null;
        if (unanswered != null) {
            unanswered.abort();
        }
        backlog.release();
        memory.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (attached() && turn == null && !ending) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        if (cause instanceof Error) {
            counters().failed(cause);
        }
        LOG.debug("A connection failed", cause);
        var ignored = ctx.close();
    }
}
