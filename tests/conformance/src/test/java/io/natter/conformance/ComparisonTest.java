package io.natter.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/// The same requests to Natter and to npm `socket.io`, with the same options: the same answers, or
/// a difference that the case names with its reason.
class ComparisonTest {
    private static final Map<String, Running> SERVERS = new TreeMap<>();

    @BeforeAll
    static void startAServerForEachSetOfOptions() throws Exception {
        try (var files = Files.newDirectoryStream(Path.of("clients", "options"), "*.json")) {
            for (Path file : files) {
                var name = file.getFileName().toString().replace(".json", "");
                SERVERS.put(name, Running.plain(Files.readString(file)));
            }
        }
    }

    @AfterAll
    static void stopThem() {
        SERVERS.values().forEach(Running::close);
    }

    private static List<DynamicNode> compare(String suite) throws Exception {
        var ports = new TreeMap<String, Integer>();
        SERVERS.forEach((name, server) -> ports.put(name, server.port()));
        var json = JsonMapper.shared().writeValueAsString(ports);
        return NodeSuite.run("compare-" + suite, Map.of("NATTER_PORTS", json));
    }

    @TestFactory
    List<DynamicNode> engineIoOverHttp() throws Exception {
        return compare("http");
    }

    @TestFactory
    List<DynamicNode> engineIoOverWebSocket() throws Exception {
        return compare("websocket");
    }

    @TestFactory
    List<DynamicNode> socketIoPackets() throws Exception {
        return compare("socketio");
    }

    @TestFactory
    List<DynamicNode> options() throws Exception {
        return compare("options");
    }

    @TestFactory
    List<DynamicNode> protocol3() throws Exception {
        return compare("protocol3");
    }

    @TestFactory
    List<DynamicNode> clientScripts() throws Exception {
        return compare("client");
    }
}
