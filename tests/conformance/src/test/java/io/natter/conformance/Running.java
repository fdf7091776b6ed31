package io.natter.conformance;

import io.natter.conformance.TestedHost.RunningHost;
import io.natter.host.Endpoint;
import java.net.InetSocketAddress;

/// A server of one mode on a free port of this machine, in this JVM.
record Running(RunningHost host, Endpoint endpoint) implements AutoCloseable {

    /// On the Netty host.
    static Running start(Mode mode) throws Exception {
        return start(mode, Mode.Settings.NONE);
    }

    /// On the Netty host.
    static Running start(Mode mode, Mode.Settings settings) throws Exception {
        return start(TestedHost.named("netty"), mode, settings);
    }

    static Running start(TestedHost on, Mode mode, Mode.Settings settings) throws Exception {
        var endpoint = mode.endpoint(settings);
        return new Running(on.start(endpoint, TestedHost.Settings.LOCAL), endpoint);
    }

    /// A server of mode `plain` on the Netty host, with options in JSON.
    static Running plain(String optionsJson) throws Exception {
        return start(Mode.PLAIN, plainSettings(optionsJson));
    }

    /// The settings for mode `plain` with options in JSON.
    static Mode.Settings plainSettings(String optionsJson) {
        return new Mode.Settings(false, optionsJson);
    }

    InetSocketAddress address() {
        return host.address();
    }

    int port() {
        return address().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        host.close();
    }
}
