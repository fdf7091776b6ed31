package io.natter.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The official JavaScript clients on each host, each rule over polling, WebSocket and the upgrade.
@ParameterizedClass
@MethodSource("io.natter.conformance.Hosts#named")
class JavaScriptClientsTest {
    private final TestedHost host;

    JavaScriptClientsTest(TestedHost host) {
        this.host = host;
    }

    private Running start(Mode mode) throws Exception {
        return Running.start(host, mode, Mode.Settings.NONE);
    }

    private static List<DynamicNode> run(Running server, String suite) throws Exception {
        try (server) {
            return NodeSuite.run(suite, Map.of("NATTER_URL", server.url()));
        }
    }

    private Running withOptions(String name) throws Exception {
        var options = Files.readString(Path.of("clients", "options", name + ".json"));
        return Running.start(host, Mode.PLAIN, Running.plainSettings(options));
    }

    @TestFactory
    List<DynamicNode> socketIoClient4() throws Exception {
        return run(start(Mode.CLIENT), "client");
    }

    @TestFactory
    List<DynamicNode> socketIoClient4BroadcastsAndErrors() throws Exception {
        return run(start(Mode.PLAIN), "plain");
    }

    @TestFactory
    List<DynamicNode> socketIoClient4UpgradesTwoHundredTimes() throws Exception {
        return run(start(Mode.CLIENT), "upgrade");
    }

    @TestFactory
    List<DynamicNode> socketIoClient4WithMessagePack() throws Exception {
        return run(withOptions("msgpack"), "msgpack");
    }

    @TestFactory
    List<DynamicNode> socketIoClient2() throws Exception {
        return run(withOptions("version2"), "version2");
    }

    @TestFactory
    List<DynamicNode> engineIoClient6() throws Exception {
        return run(start(Mode.ENGINE), "engine");
    }

    @TestFactory
    List<DynamicNode> engineIoClient6QuestionsAndLimits() throws Exception {
        return run(start(Mode.ENGINE_CLIENT), "engine-client");
    }

    @TestFactory
    List<DynamicNode> rudeness() throws Exception {
        return run(start(Mode.PLAIN), "rude");
    }
}
