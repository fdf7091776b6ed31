package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void decodesNamesAndValues() {
        var raw = "a=1&b%3D=x+y%20z&+c+=2&c&&d=";
        assertThat(Query.last(raw, "a")).isEqualTo("1");
        assertThat(Query.last(raw, "b=")).isEqualTo("x y z");
        assertThat(Query.last(raw, " c ")).isEqualTo("2");
        assertThat(Query.last(raw, "c")).isEmpty();
        assertThat(Query.last(raw, "d")).isEmpty();
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(Query.last("sid2=1&asid=2&si=3", "sid")).isNull();
        assertThat(Query.last("", "sid")).isNull();
    }

    @Test
    void theLastOfSeveralCounts() {
        assertThat(Query.last("a=1&a=2", "a")).isEqualTo("2");
        assertThat(Query.last("a=1&a", "a")).isEmpty();
        assertThat(Query.last("a=1&%61=2&b=3", "a")).isEqualTo("2");
    }

    @Test
    void whatIsMalformedStandsForItself() {
        var raw = "a=%&b=%2&c=%zz&d=%E2%82%AC";
        assertThat(Query.last(raw, "a")).isEqualTo("%");
        assertThat(Query.last(raw, "b")).isEqualTo("%2");
        assertThat(Query.last(raw, "c")).isEqualTo("%zz");
        assertThat(Query.last(raw, "d")).isEqualTo("€");
    }

    @Test
    void theFirstOfAForm() {
        assertThat(Query.first("x=0&d=1&d=2", "d")).isEqualTo("1");
        assertThat(Query.first("d", "d")).isEmpty();
        assertThat(Query.first("", "d")).isNull();
    }

    @Test
    void allValuesOfEachInTheirOrderUpToSoMany() {
        assertThat(Query.lists("b=1&a=%20&b=2&&c", 10))
                .isEqualTo(Map.of("b", List.of("1", "2"), "a", List.of(" "), "c", List.of("")));
        assertThat(Query.lists("a=1&b=2&c=3", 2).keySet()).containsExactly("a", "b");
        assertThat(Query.lists("", 10)).isEmpty();
    }
}
