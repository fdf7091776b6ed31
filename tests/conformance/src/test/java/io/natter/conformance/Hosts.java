package io.natter.conformance;

import java.util.List;
import org.junit.jupiter.api.Named;

/// The hosts on which the suites run: the Netty host, or the one that the system property
/// `natter.server` names.
final class Hosts {
    private Hosts() {}

    static List<TestedHost> all() {
        return List.of(TestedHost.named(System.getProperty("natter.server", "netty")));
    }

    /// For parameterized classes.
    static List<Named<TestedHost>> named() {
        return named(all());
    }

    /// For the suites that run on every registered host.
    static List<Named<TestedHost>> every() {
        return named(System.getProperty("natter.server") == null ? TestedHost.all() : all());
    }

    private static List<Named<TestedHost>> named(List<TestedHost> hosts) {
        return hosts.stream().map(host -> Named.of(host.name(), host)).toList();
    }
}
