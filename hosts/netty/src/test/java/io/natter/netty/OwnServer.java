package io.natter.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A server whose pipelines a test makes itself, on a free port.
public final class OwnServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listening;

    /// @param init sets up a connection that was taken
    public OwnServer(IoTransport transport, int threads, boolean autoRead, Consumer<Channel> init)
            throws InterruptedException {
        loops = new MultiThreadIoEventLoopGroup(threads, transport.handlers());
        listening =
                new ServerBootstrap()
                        .group(loops)
                        .channel(transport.channel())
                        .childOption(ChannelOption.AUTO_READ, autoRead)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        init.accept(channel);
                                    }
                                })
                        .bind("127.0.0.1", 0)
                        .sync()
                        .channel();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        var _ = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
