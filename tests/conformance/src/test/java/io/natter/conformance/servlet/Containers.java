package io.natter.conformance.servlet;

import io.natter.conformance.container.Container;
import io.natter.conformance.container.JettyContainer;
import io.natter.conformance.container.TomcatContainer;

/// The containers that the tests run.
enum Containers {
    TOMCAT,
    JETTY;

    Container start(Container.Setup setup) {
        return switch (this) {
            case TOMCAT -> new TomcatContainer(setup);
            case JETTY -> new JettyContainer(setup);
        };
    }
}
