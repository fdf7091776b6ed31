package io.natter.chat.webhooks;

import io.natter.chat.domain.integration.Delivery;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Makes one delivery, signed as Standard Webhooks has it, over a connection of its own. Blocks
/// until the receiver has answered. Redirects are failures.
///
/// A name is resolved here and its address checked; the connection then goes to that address. So a
/// name that is resolved to another address the second time gains nothing.
final class WebhookSender implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 15;
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration LOOKUP = Duration.ofSeconds(10);

    private final WebhookAddresses addresses;
    private final InstantSource clock;
    private final Duration lookupTime;
    private final SslContext ssl;

    /// A lookup blocks the thread of the system, and the name server of a receiver may take its
    /// time: on virtual threads, a few such names would stop all others of the chat.
    private final ExecutorService lookups =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("natter-lookup-", 0).factory());

    /// A thread of its own: no delivery takes time from the event loops of the chat.
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1,
                    new DefaultThreadFactory("natter-webhooks", true),
                    NioIoHandler.newFactory());

    WebhookSender(WebhookAddresses addresses, InstantSource clock) {
        this(addresses, clock, LOOKUP);
    }

    /// @param lookupTime how long a name may take
    WebhookSender(WebhookAddresses addresses, InstantSource clock, Duration lookupTime) {
        this.addresses = addresses;
        this.clock = clock;
        this.lookupTime = lookupTime;
        try {
            this.ssl =
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .endpointIdentificationAlgorithm("HTTPS")
                            .build();
        } catch (SSLException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /// The outcome of an attempt.
    ///
    /// @param gone whether the receiver wants no more
    /// @param error a sentence for the owner of the webhook, may be empty
    record Outcome(boolean taken, boolean gone, String error) {}

    Outcome send(Delivery delivery) throws InterruptedException {
        URI uri = URI.create(delivery.url());
        boolean tls = "https".equals(uri.getScheme().toLowerCase(Locale.ROOT));
        InetAddress address;
        try {
            address = resolve(uri.getHost(), tls);
        } catch (UnknownHostException _) {
            return failed("The name of the receiver cannot be resolved.");
        } catch (RefusedAddressException _) {
            return failed("The chat sends nothing to this address; see --webhook-networks.");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        CompletableFuture<Integer> status = new CompletableFuture<>();
        ChannelFuture connecting =
                bootstrap(uri.getHost(), port, tls, status)
                        .connect(new InetSocketAddress(address, port));
        FullHttpRequest request = request(delivery, uri);
        var _ = connecting.addListener(_ -> write(connecting, request, status));
        try {
            return outcome(status.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException _) {
            return failed("The receiver did not answer in time.");
        } catch (ExecutionException e) {
            return failed(reason(e));
        } finally {
            var _ = connecting.channel().close();
        }
    }

    private static final class RefusedAddressException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private InetAddress resolve(String host, boolean tls)
            throws UnknownHostException, RefusedAddressException, InterruptedException {
        for (InetAddress address : lookUp(host)) {
            if (addresses.allow(address, tls)) {
                return address;
            }
        }
        throw new RefusedAddressException();
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException, InterruptedException {
        Future<InetAddress[]> found = lookups.submit(() -> InetAddress.getAllByName(host));
        try {
            return found.get(lookupTime.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            UnknownHostException unknown = new UnknownHostException(host);
            unknown.initCause(e);
            throw unknown;
        } finally {
            found.cancel(true);
        }
    }

    private Bootstrap bootstrap(
            String host, int port, boolean tls, CompletableFuture<Integer> status) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                if (tls) {
                                    channel.pipeline()
                                            .addLast(ssl.newHandler(channel.alloc(), host, port));
                                }
                                channel.pipeline()
                                        .addLast(new HttpClientCodec())
                                        .addLast(new StatusReader(status));
                            }
                        });
    }

    private static void write(
            ChannelFuture connected, FullHttpRequest request, CompletableFuture<Integer> status) {
        if (connected.isSuccess()) {
            var _ = connected.channel().writeAndFlush(request);
        } else {
            request.release();
            status.completeExceptionally(connected.cause());
        }
    }

    private FullHttpRequest request(Delivery delivery, URI uri) {
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        long timestamp = clock.instant().getEpochSecond();
        FullHttpRequest request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        target,
                        Unpooled.wrappedBuffer(body));
        request.headers()
                .set(HttpHeaderNames.HOST, uri.getRawAuthority())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, "close")
                .set(HttpHeaderNames.USER_AGENT, "Natter")
                .set("webhook-id", delivery.messageId())
                .set("webhook-timestamp", timestamp)
                .set(
                        "webhook-signature",
                        delivery.secret().sign(delivery.messageId(), timestamp, delivery.body()));
        return request;
    }

    private static Outcome failed(String error) {
        return new Outcome(false, false, error);
    }

    private static Outcome outcome(int status) {
        return switch (status / 100) {
            case 2 -> new Outcome(true, false, "");
            case 3 -> failed("The receiver redirects, which is not followed.");
            default -> new Outcome(false, status == 410, "The receiver answered " + status + ".");
        };
    }

    /// Without what the receiver sent, and without names of the network.
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "The certificate of the receiver was not accepted.";
            }
        }
        return "The receiver could not be reached.";
    }

    @Override
    public void close() {
        lookups.shutdownNow();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
