package io.natter.conformance;

import io.natter.host.Endpoint;
import io.natter.netty.NettyHost;
import java.net.InetSocketAddress;

/// The Netty host, with two event loops, so that sessions meet those of another one.
public final class TestedNettyHost implements TestedHost {
    @Override
    public String name() {
        return "netty";
    }

    @Override
    public RunningHost start(Endpoint endpoint, Settings settings) {
        var builder = NettyHost.builder().endpoint(endpoint).port(settings.port()).threads(2);
        if (settings.address() != null) {
            builder.host(settings.address());
        }
        var certificate = settings.certificate();
        if (certificate != null) {
            builder.tls(certificate.chain(), certificate.key());
        }
        return new Running(builder.listen());
    }

    private record Running(NettyHost host) implements RunningHost {
        @Override
        public InetSocketAddress address() {
            return host.address();
        }

        @Override
        public void close() {
            host.close();
        }
    }
}
