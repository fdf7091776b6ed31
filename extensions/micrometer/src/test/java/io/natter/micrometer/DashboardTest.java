package io.natter.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.natter.host.CountedHostMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

/// The dashboard, the alert rules and the list of meters name the meters that there are.
class DashboardTest {
    private static final Pattern SERIES = Pattern.compile("natter_[a-z_]+");

    /// A host that can count everything.
    private static final class AllFigures extends CountedHostMetrics {
        @Override
        public long connections() {
            return 0;
        }

        @Override
        public long timeouts() {
            return 0;
        }
    }

    private static Set<String> scraped() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SocketIoMeters.of(ClusterFigures.server())
                .handlerTimes()
                .host(new AllFigures())
                .forwarding(new ClusterFigures.Forwarding())
                .bindTo(registry);
        return series(registry.scrape().replaceAll("(?m)^#.*$", ""));
    }

    private static Set<String> series(String text) {
        var found = new TreeSet<String>();
        var matcher = SERIES.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboards/natter.json", "dashboards/natter-alerts.yml"})
    void namesOnlyMetersThatExist(String file) throws IOException {
        var named = series(Files.readString(Path.of(file)));
        assertThat(named).isNotEmpty().isSubsetOf(scraped());
    }

    @Test
    void theDashboardIsJsonAndShowsEveryMeter() throws IOException {
        var text = Files.readString(Path.of("dashboards/natter.json"));
        assertThat(new ObjectMapper().readTree(text).path("panels").size()).isPositive();
        assertThat(series(text)).isEqualTo(scraped());
    }

    @Test
    void theDocumentationListsEveryMeter() throws IOException {
        assertThat(series(Files.readString(Path.of("../../docs/metrics.md")))).isEqualTo(scraped());
    }
}
