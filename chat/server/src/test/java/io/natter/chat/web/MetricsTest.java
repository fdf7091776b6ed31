package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.CapturedLog;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

class MetricsTest extends ServerTest {
    private static final String TOKEN = "a-token-of-the-test";
    private static final Pattern SERIES = Pattern.compile("natter_chat_[a-z_]+");

    @Override
    protected ChatConfig config() {
        return new ChatConfig("127.0.0.1", 0, directory, List.of(), List.of())
                .withOperating(
                        Operating.DEFAULT.withMetricsToken(TOKEN).withSlow(Duration.ofNanos(1)));
    }

    private HttpResponse<String> metrics(String authorization) throws Exception {
        return send(HttpRequest.newBuilder(uri("/metrics")).header("Authorization", authorization));
    }

    private String scrape() {
        try {
            return metrics("Bearer " + TOKEN).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic x", "Bearer ", "Bearer a-token-of-the-tesT", TOKEN})
    void areForTheTokenOnly(String authorization) throws Exception {
        HttpResponse<String> refused = metrics(authorization);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).doesNotContain("natter_").doesNotContain(TOKEN);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void tellWhatPeopleDo() throws Exception {
        TestClient ann = greeted("Ann");
        assertThat(ann.say("c1", "a secret").has("ok")).isTrue();
        assertThat(ann.say("c2", "").has("err")).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(scrape()).contains("natter_chat_messages_total 1.0"));
        assertThat(scrape())
                .contains("natter_chat_people_online 1.0")
                .contains("natter_sockets{namespace=\"/\"} 1.0")
                .contains("natter_chat_send_seconds_count 1")
                .contains("natter_chat_send_seconds_bucket{le=\"0.005\"}")
                .contains("natter_chat_refusals_total{code=\"text_empty\"} 1.0")
                .contains("natter_chat_writer_waiting 0.0")
                .contains("natter_chat_ready 1.0")
                .doesNotContain("secret")
                .doesNotContain("Ann");
    }

    @Test
    void tellThatTheChatCannotStore() throws Exception {
        Path database = directory.resolve("natter.db");
        Files.move(database, directory.resolve("elsewhere.db"));
        assertThat(scrape()).contains("natter_chat_ready 0.0");
    }

    @Test
    void slowOperationsAreLoggedWithoutTexts() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            greeted("Ann").say("c1", "a secret");
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    log.lines().stream()
                                            .anyMatch(
                                                    line ->
                                                            line.matches(
                                                                    "WARN A slow operation: msg.send"
                                                                            + " took [0-9]+ ms")));
            assertThat(log.lines()).anyMatch(line -> line.contains("POST /api/session took"));
            assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
        }
    }

    private static Set<String> series(String text) {
        Set<String> found = new TreeSet<>();
        var matcher = SERIES.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private Set<String> scraped() throws Exception {
        greeted("Ann").say("c2", "");
        await().atMost(Duration.ofSeconds(30)).until(() -> scrape().contains("text_empty"));
        return series(scrape().replaceAll("(?m)^#.*$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboards/natter-chat.json", "dashboards/natter-chat-alerts.yml"})
    void theDashboardAndTheRulesNameOnlyMetersThatExist(String file) throws Exception {
        Set<String> named = series(Files.readString(Path.of(file)));
        assertThat(named).isNotEmpty().isSubsetOf(scraped());
    }

    @Test
    void theDashboardIsJsonWithPanels() throws Exception {
        String text = Files.readString(Path.of("dashboards/natter-chat.json"));
        assertThat(new ObjectMapper().readTree(text).path("panels").size()).isPositive();
    }

    @Test
    void theDocumentationListsEveryMeter() throws Exception {
        Set<String> listed = series(Files.readString(Path.of("../../docs/operating.md")));
        Set<String> meters = new TreeSet<>();
        for (String name : scraped()) {
            meters.add(name.replaceFirst("_(bucket|count|sum|max)$", ""));
        }
        assertThat(listed).containsAll(meters);
    }
}
