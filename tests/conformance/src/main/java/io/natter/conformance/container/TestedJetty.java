package io.natter.conformance.container;

/// Jetty 12.1, for the suites.
public final class TestedJetty extends TestedContainer {
    /// The container.
    public TestedJetty() {
        super("jetty", JettyContainer::new);
    }
}
