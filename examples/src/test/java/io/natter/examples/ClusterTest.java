package io.natter.examples;

import static io.natter.browser.Chromium.picture;
import static io.natter.examples.Visitors.say;
import static io.natter.examples.Visitors.shows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `bin/cluster` itself, in a real browser.
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    @Test
    void aClientOfEachServerHearsABroadcastAndSigtermEndsEverything() throws Exception {
        try (var cluster =
                        Program.start(
                                "cluster",
                                List.of("../bin/cluster", "--port", "0"),
                                Map.of("JAVA_HOME", System.getProperty("java.home")));
                var visitors = new Visitors()) {
            await().atMost(PATIENCE)
                    .until(() -> cluster.output().contains("Ctrl-C stops") || !cluster.isAlive());
            List<String> addresses =
                    ADDRESS.matcher(cluster.output()).results().map(m -> m.group()).toList();
            assertThat(addresses).as(cluster.output()).hasSize(6);

            var pages = new ArrayList<Page>();
            for (String address : addresses.subList(1, 5)) {
                pages.add(visitors.visit("", address));
            }
            Page first = pages.getFirst();
            shows(
                    first.locator("#nodes li"),
                    "natter-1: 1",
                    "natter-2: 1",
                    "natter-3: 1",
                    "node-1: 1");
            say(pages.get(1), "from Natter");
            pages.forEach(page -> shows(page.locator("#messages li"), "natter-2: from Natter"));
            say(pages.get(3), "from Node.js");
            for (Page page : pages) {
                shows(
                        page.locator("#messages li"),
                        "natter-2: from Natter",
                        "node-1: from Node.js");
            }

            Page proxied = visitors.visit("", addresses.getFirst());
            proxied.waitForFunction("() => socket.io.engine.transport.name === 'websocket'");
            String before = proxied.locator("#here").innerText();
            proxied.reload();
            shows(proxied.locator("#here"), before);
            picture(proxied, "Cluster");
            proxied.locator("#other").click();
            proxied.waitForFunction(
                    """
                    before => {
                        const here = document.getElementById('here')?.innerText ?? '';
                        return here.startsWith('Connected') && here !== before;
                    }
                    """,
                    before);
            say(proxied, "through HAProxy");
            pages.forEach(
                    page -> page.locator("#messages li").getByText("through HAProxy").waitFor());

            Page admin = visitors.visit("", addresses.getLast() + "/admin-ui/#/servers");
            PlaywrightAssertions.assertThat(admin.getByText("Healthy")).hasCount(4);

            var children = cluster.children();
            assertThat(children).hasSizeGreaterThanOrEqualTo(6);
            cluster.terminate();
            assertThat(cluster.exitCode()).isZero();
            await().atMost(PATIENCE)
                    .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void withoutStickySessionsAnyServerServesAClient() throws Exception {
        try (var cluster =
                        Program.start(
                                "cluster",
                                List.of("../bin/cluster", "--port", "0", "--round-robin"),
                                Map.of("JAVA_HOME", System.getProperty("java.home")));
                var visitors = new Visitors()) {
            await().atMost(PATIENCE)
                    .until(() -> cluster.output().contains("Ctrl-C stops") || !cluster.isAlive());
            List<String> addresses =
                    ADDRESS.matcher(cluster.output()).results().map(m -> m.group()).toList();
            assertThat(addresses).as(cluster.output()).hasSize(5);

            var pages = new ArrayList<Page>();
            for (int i = 0; i < 4; i++) {
                Page page = visitors.visit("", addresses.getFirst());
                page.waitForFunction("() => socket.io.engine.transport.name === 'websocket'");
                pages.add(page);
            }
            say(pages.getFirst(), "through any server");
            pages.forEach(
                    page -> page.locator("#messages li").getByText("through any server").waitFor());
            cluster.terminate();
            assertThat(cluster.exitCode()).isZero();
        }
    }
}
