package io.natter.cluster.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Query;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class UriTextTest {

    @Test
    void aPlainTargetStaysAsItIs() {
        var query = "EIO=4&transport=polling&t=a-b_c.d~e&sid=abc";
        assertThat(UriText.query(query)).isSameAs(query);
        assertThat(UriText.path("/socket.io/")).isEqualTo("/socket.io/");
    }

    @Test
    void whatIsNoUriIsEncodedWithTheSameMeaning() {
        for (var query :
                List.of(
                        "a=%zz",
                        "a=%4", "a=%", "a=%2F%c3%a4", "a={|}", "a=ä€😀", "a=\"<>\\^`", "#=1")) {
            var encoded = UriText.query(query);
            assertThat(URI.create("http://h/?" + encoded).getRawQuery()).isEqualTo(encoded);
            assertThat(Query.all(encoded)).isEqualTo(Query.all(query));
        }
        assertThat(UriText.path("/a b/ä?#%41")).isEqualTo("/a%20b/%C3%A4%3F%23%2541");
    }
}
