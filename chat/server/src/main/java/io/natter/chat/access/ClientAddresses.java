package io.natter.chat.access;

import io.natter.host.ClientAddress;
import io.natter.host.ForwardedClientAddress;
import io.natter.host.HttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client that a request counts for in the limits of addresses. Null stands for the machine
/// itself, or for a proxy on it that nobody named with `--trusted-proxies`: everybody may be behind
/// it, so it has no limit.
public final class ClientAddresses implements ClientAddress {
    private static final Logger log = LoggerFactory.getLogger(ClientAddresses.class);

    private final ForwardedClientAddress forwarded;
    private final AtomicBoolean told = new AtomicBoolean();

    public ClientAddresses(List<String> trustedProxies) {
        forwarded = ForwardedClientAddress.trusting(trustedProxies);
    }

    @Override
    public @Nullable InetAddress of(HttpRequest request) {
        return of(
                request.remoteAddress().getAddress(),
                request.headers().getOrDefault("x-forwarded-for", List.of()),
                request.headers().getOrDefault("forwarded", List.of()));
    }

    public @Nullable InetAddress of(@Nullable InetSocketAddress peer, HttpHeaders headers) {
        return peer == null
                ? null
                : of(
                        peer.getAddress(),
                        headers.getAll("x-forwarded-for"),
                        headers.getAll("forwarded"));
    }

    private @Nullable InetAddress of(
            @Nullable InetAddress peer, List<String> forwardedFor, List<String> forwardedBy) {
        if (peer == null) {
            return null;
        }
        if (peer.isLoopbackAddress()
                && !(forwardedFor.isEmpty() && forwardedBy.isEmpty())
                && !forwarded.isTrusted(peer)
                && told.compareAndSet(false, true)) {
            log.warn(
                    "A proxy on this machine names its clients, but is not trusted, so there are no"
                            + " limits per address. Start with --trusted-proxies loopback");
        }
        InetAddress client =
                ForwardedClientAddress.network(forwarded.client(peer, forwardedFor, forwardedBy));
        return client.isLoopbackAddress() ? null : client;
    }
}
