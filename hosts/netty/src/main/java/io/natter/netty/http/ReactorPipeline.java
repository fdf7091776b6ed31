package io.natter.netty.http;

import io.netty.channel.ChannelPipeline;

/// The names of the handlers of Reactor Netty's HTTP server (`NettyPipeline` there).
final class ReactorPipeline {
    private static final String IDLE_TIMEOUT = "reactor.left.idleTimeoutHandler";

    private ReactorPipeline() {}

    /// Its idle timeout counts from its own last answer and would end a waiting request of ours. It
    /// comes back with its next answer; until then our own holds.
    static void pauseIdleTimeout(ChannelPipeline pipeline) {
        if (pipeline.get(IDLE_TIMEOUT) != null) {
            pipeline.remove(IDLE_TIMEOUT);
        }
    }
}
