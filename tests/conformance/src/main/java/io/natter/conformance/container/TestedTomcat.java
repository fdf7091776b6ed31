package io.natter.conformance.container;

/// Tomcat 11, for the suites.
public final class TestedTomcat extends TestedContainer {
    /// The container.
    public TestedTomcat() {
        super("tomcat", TomcatContainer::new);
    }
}
