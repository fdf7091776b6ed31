package io.natter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void decodesNamesAndValues() {
        assertThat(Query.parse("a=1&b%3D=x+y%20z&c&&d="))
                .isEqualTo(Map.of("a", "1", "b=", "x y z", "c", "", "d", ""));
    }

    @Test
    void theLastOfSeveralCounts() {
        assertThat(Query.parse("a=1&a=2")).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void whatIsMalformedStandsForItself() {
        assertThat(Query.parse("a=%&b=%2&c=%zz&d=%E2%82%AC"))
                .isEqualTo(Map.of("a", "%", "b", "%2", "c", "%zz", "d", "€"));
    }

    @Test
    void theFirstOfAForm() {
        assertThat(Query.first("x=0&d=1&d=2", "d")).isEqualTo("1");
        assertThat(Query.first("d", "d")).isEmpty();
        assertThat(Query.first("", "d")).isNull();
    }

    @Test
    void jsonStringsAreJavaScriptToo() {
        assertThat(Json.quote("a\"\\\n\r\t\b\f\u0001\u2028\u2029é/"))
                .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u2028\\u2029é/\"");
    }
}
