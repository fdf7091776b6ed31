package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestContextTest {
    private static HttpRequest request() {
        return new HttpRequest(
                "GET",
                "/",
                "",
                Map.of("host", List.of("localhost")),
                new InetSocketAddress("127.0.0.1", 1),
                false);
    }

    @Test
    void isEmptyUntilSomebodySetsIt() {
        assertThat(request().principal()).isNull();
        assertThat(request().attributes()).isEmpty();
    }

    @Test
    void keepsWhatIsSetForTheWholeLifeOfTheRequest() {
        var request = request();
        Principal ana = () -> "ana";
        request.context().principal(ana);
        request.attributes().put("tenant", 7);
        assertThat(request.principal()).isSameAs(ana);
        assertThat(request.attributes()).containsExactly(Map.entry("tenant", 7));
    }

    @Test
    void belongsToOneRequestAlone() {
        request().attributes().put("tenant", 7);
        assertThat(request().attributes()).isEmpty();
    }
}
