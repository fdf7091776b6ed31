package io.natter.conformance;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Connection state recovery with the official JavaScript client, on each host.
@ParameterizedClass
@MethodSource("io.natter.conformance.Hosts#named")
class JavaScriptRecoveryTest {
    private final TestedHost host;

    JavaScriptRecoveryTest(TestedHost host) {
        this.host = host;
    }

    @TestFactory
    List<DynamicNode> socketIoClient4Recovery() throws Exception {
        try (var server = Running.start(host, Mode.CLIENT, Mode.Settings.NONE)) {
            return NodeSuite.run("recovery", Map.of("NATTER_URL", server.url()));
        }
    }
}
