package io.natter.conformance;

import java.util.List;
import org.junit.jupiter.api.Named;

/// The hosts on which the suites run: all registered ones, or the one that the system property
/// `natter.server` names.
final class Hosts {
    private Hosts() {}

    static List<TestedHost> all() {
        var name = System.getProperty("natter.server");
        return name == null ? TestedHost.all() : List.of(TestedHost.named(name));
    }

    /// For parameterized classes.
    static List<Named<TestedHost>> named() {
        return all().stream().map(host -> Named.of(host.name(), host)).toList();
    }
}
