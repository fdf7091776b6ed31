package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import tools.jackson.databind.json.JsonMapper;

/// A suite in JavaScript, run by `node --test`; each of its tests shows as one of JUnit's.
final class NodeSuite {
    private static final Path CLIENTS = Path.of("clients").toAbsolutePath();
    private static final long MINUTES = 10;

    /// The last line of a report that was not cut off.
    private static final String COMPLETE = "\"complete\"";

    private NodeSuite() {}

    /// Runs `clients/NAME.test.mjs` with more variables in its environment.
    static List<DynamicNode> run(String name, Map<String, String> environment) throws Exception {
        assertThat(CLIENTS.resolve("node_modules"))
                .as("the clients are not installed: bin/test does it, or npm ci in " + CLIENTS)
                .isDirectory();
        var out = Files.createTempFile("suite-", ".json");
        try {
            var builder =
                    new ProcessBuilder(
                                    "node",
                                    "--import=./exit-after-tests.mjs",
                                    "--test",
                                    "--test-reporter=./reporter.mjs",
                                    "--test-reporter-destination=" + out,
                                    name + ".test.mjs")
                            .directory(CLIENTS.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                fail("%s has not ended after %s minutes", name, MINUTES);
            }
            var lines = Files.readAllLines(out);
            assertThat(lines).as("tests of " + name).hasSizeGreaterThan(1).endsWith(COMPLETE);
            var tests = tree(lines.subList(0, lines.size() - 1));
            return tests;
        } finally {
            Files.delete(out);
        }
    }

    /// The output of the reporter, children before their parent, as a tree.
    private static List<DynamicNode> tree(List<String> lines) {
        var levels = new ArrayList<List<DynamicNode>>();
        for (String line : lines) {
            var ended = JsonMapper.shared().readValue(line, Ended.class);
            while (levels.size() <= ended.nesting() + 1) {
                levels.add(new ArrayList<>());
            }
            var children = levels.set(ended.nesting() + 1, new ArrayList<>());
            levels.get(ended.nesting()).add(node(ended, children));
        }
        return levels.isEmpty() ? List.of() : levels.getFirst();
    }

    private static DynamicNode node(Ended ended, List<DynamicNode> children) {
        if (!children.isEmpty()) {
            return dynamicContainer(ended.name(), children);
        }
        return dynamicTest(
                ended.name(),
                () -> {
                    if (ended.failure() != null) {
                        fail(ended.failure());
                    }
                });
    }

    private record Ended(String name, int nesting, boolean suite, @Nullable String failure) {}
}
