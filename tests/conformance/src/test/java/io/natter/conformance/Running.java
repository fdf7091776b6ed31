package io.natter.conformance;

import io.natter.host.Endpoint;
import io.natter.netty.NettyHost;

/// A server of one mode on a free port of this machine, in this JVM.
record Running(NettyHost host, Endpoint endpoint) implements AutoCloseable {

    static Running start(Mode mode) {
        return start(mode, Mode.Settings.NONE);
    }

    static Running start(Mode mode, Mode.Settings settings) {
        var endpoint = mode.endpoint(settings);
        var host =
                NettyHost.builder()
                        .endpoint(endpoint)
                        .host("127.0.0.1")
                        .port(0)
                        .threads(2)
                        .listen();
        return new Running(host, endpoint);
    }

    /// A server of mode `plain` with options in JSON.
    static Running plain(String optionsJson) {
        return start(Mode.PLAIN, new Mode.Settings(false, optionsJson));
    }

    int port() {
        return host.port();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        host.close();
    }
}
