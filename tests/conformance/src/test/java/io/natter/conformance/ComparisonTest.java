package io.natter.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// The same requests to Natter on each host and to npm `socket.io`, with the same options: the same
/// answers, or a difference that the case names with its reason.
@ParameterizedClass
@MethodSource("io.natter.conformance.Hosts#named")
class ComparisonTest {
    /// By the name of their options.
    private static final Map<String, Running> SERVERS = new TreeMap<>();

    private final TestedHost host;

    ComparisonTest(TestedHost host) {
        this.host = host;
    }

    @BeforeParameterizedClassInvocation
    static void startAServerForEachSetOfOptions(TestedHost host) throws Exception {
        try (var files = Files.newDirectoryStream(Path.of("clients", "options"), "*.json")) {
            for (Path file : files) {
                var name = file.getFileName().toString().replace(".json", "");
                var options = Running.plainSettings(Files.readString(file));
                SERVERS.put(name, Running.start(host, Mode.PLAIN, options));
            }
        }
    }

    @AfterParameterizedClassInvocation
    static void stopThem() {
        SERVERS.values().forEach(Running::close);
        SERVERS.clear();
    }

    private List<DynamicNode> compare(String suite) throws Exception {
        var ports = new TreeMap<String, Integer>();
        SERVERS.forEach((name, server) -> ports.put(name, server.port()));
        var json = JsonMapper.shared().writeValueAsString(ports);
        var environment = Map.of("NATTER_PORTS", json, "NATTER_HOST", host.name());
        return NodeSuite.run("compare-" + suite, environment);
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
