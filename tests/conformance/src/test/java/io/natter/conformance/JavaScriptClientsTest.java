package io.natter.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// The official JavaScript clients, each rule over polling, WebSocket and the upgrade.
class JavaScriptClientsTest {

    private static List<DynamicNode> run(Running server, String suite) throws Exception {
        try (server) {
            return NodeSuite.run(suite, Map.of("NATTER_URL", server.url()));
        }
    }

    private static Running withOptions(String name) throws Exception {
        return Running.plain(Files.readString(Path.of("clients", "options", name + ".json")));
    }

    @TestFactory
    List<DynamicNode> socketIoClient4() throws Exception {
        return run(Running.start(Mode.CLIENT), "client");
    }

    @TestFactory
    List<DynamicNode> socketIoClient4BroadcastsAndErrors() throws Exception {
        return run(Running.start(Mode.PLAIN), "plain");
    }

    @TestFactory
    List<DynamicNode> socketIoClient4Recovery() throws Exception {
        return run(Running.start(Mode.CLIENT), "recovery");
    }

    @TestFactory
    List<DynamicNode> socketIoClient4UpgradesTwoHundredTimes() throws Exception {
        return run(Running.start(Mode.CLIENT), "upgrade");
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
        return run(Running.start(Mode.ENGINE), "engine");
    }

    @TestFactory
    List<DynamicNode> engineIoClient6QuestionsAndLimits() throws Exception {
        return run(Running.start(Mode.ENGINE_CLIENT), "engine-client");
    }

    @TestFactory
    List<DynamicNode> rudeness() throws Exception {
        return run(Running.start(Mode.PLAIN), "rude");
    }
}
