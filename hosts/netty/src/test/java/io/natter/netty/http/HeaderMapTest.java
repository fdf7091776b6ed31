package io.natter.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeaderMapTest {
    private static HeaderMap map(String... namesAndValues) {
        var headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return HeaderMap.of(headers);
    }

    @Test
    void hasNamesInLowerCaseAndTheValuesOfANameInTheirOrder() {
        var map = map("Host", "a", "X-One", "1", "HOST", "b", "x-one", "2", "X-ONE", "3");
        assertThat(map)
                .hasSize(2)
                .containsEntry("host", List.of("a", "b"))
                .containsEntry("x-one", List.of("1", "2", "3"))
                .doesNotContainKey("Host");
        assertThat(map.get("origin")).isNull();
        assertThat(map.keySet()).containsExactly("host", "x-one");
        assertThat((Map<String, List<String>>) map)
                .isEqualTo(Map.of("host", List.of("a", "b"), "x-one", List.of("1", "2", "3")));
        assertThat(map()).isEmpty();
    }

    @Test
    void requestsShareTheValuesTheyHaveInCommonButNoSecrets() {
        var one = map("User-Agent", new String("agent"), "Cookie", new String("a=1"));
        var two = map("User-Agent", new String("agent"), "Cookie", new String("a=1"));
        assertThat(two.get("user-agent")).isSameAs(one.get("user-agent"));
        assertThat(two.get("cookie")).isEqualTo(one.get("cookie")).isNotSameAs(one.get("cookie"));
        var other = map("User-Agent", "another");
        assertThat(other.get("user-agent")).containsExactly("another");
        assertThat(one.get("user-agent")).containsExactly("agent");
    }

    @Test
    void moreNamesThanItRemembersAreStillRead() {
        for (int i = 0; i < 200; i++) {
            assertThat(map("X-Name-" + i, "v" + i)).containsEntry("x-name-" + i, List.of("v" + i));
        }
    }

    @Test
    void manyHeadersAreReadAsFew() {
        var all = new String[2 * 4000];
        for (int i = 0; i < 4000; i++) {
            all[2 * i] = "X-Name-" + i % 1000;
            all[2 * i + 1] = "v" + i;
        }
        var map = map(all);
        assertThat(map).hasSize(1000);
        assertThat(map.get("x-name-0")).containsExactly("v0", "v1000", "v2000", "v3000");
        assertThat(map.get("x-name-999")).containsExactly("v999", "v1999", "v2999", "v3999");
        assertThat(map.keySet()).startsWith("x-name-0", "x-name-1").endsWith("x-name-999");
    }
}
