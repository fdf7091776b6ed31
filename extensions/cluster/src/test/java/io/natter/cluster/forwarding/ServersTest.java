package io.natter.cluster.forwarding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A server learns from the announcements of others.
class ServersTest {
    private static final String KEY = "A".repeat(43);
    private static final String OTHER_KEY = "_" + "A".repeat(42);

    private final ForwardingMetrics metrics = new ForwardingMetrics();
    private final Servers servers = new Servers(URI.create("http://10.0.0.1:3000"), metrics);

    @Test
    void aSessionBelongsToTheServerThatItsIdNames() {
        assertThat(servers.heard("abcd", "http://10.0.0.2:3000", KEY)).isFalse();
        var found = requireNonNull(servers.of("abcdefghijklmnopqrst"));
        assertThat(found.target(false, "/socket.io/", "EIO=4&sid=x").toString())
                .isEqualTo("http://10.0.0.2:3000/socket.io/?EIO=4&sid=x");
        assertThat(found.target(true, "/socket.io/", "EIO=4").toString())
                .isEqualTo("ws://10.0.0.2:3000/socket.io/?EIO=4");
        assertThat(servers.of("abceefghijklmnopqrst")).isNull();
        assertThat(servers.of("abcd")).isNull();
        assertThat(servers.of("")).isNull();
    }

    @Test
    void aServerThatStartsAnewTakesThePlaceOfTheOldOne() {
        servers.heard("abcd", "http://10.0.0.2:3000", KEY);
        servers.heard("efgh", "https://10.0.0.2:3001", OTHER_KEY);
        servers.heard("ijkl", "http://10.0.0.2:3000/", OTHER_KEY.replace('_', '-'));
        assertThat(servers.of("abcdx")).isNull();
        assertThat(servers.of("ijklx")).isNotNull();
        var secure = requireNonNull(servers.of("efghx"));
        assertThat(secure.target(true, "/s", "").toString()).isEqualTo("wss://10.0.0.2:3001/s?");
        assertThat(servers.size()).isEqualTo(2);
    }

    @Test
    void aServerThatClosesIsForgottenAndNoOther() {
        servers.heard("abcd", "http://10.0.0.2:3000", KEY);
        servers.gone("abcd", OTHER_KEY);
        servers.gone("efgh", KEY);
        assertThat(servers.size()).isEqualTo(1);
        servers.gone("abcd", KEY);
        assertThat(servers.size()).isZero();
    }

    @Test
    void ofTwoServersWithOneTagOneTakesAnother() {
        var tag = servers.tag();
        var smaller = servers.key().compareTo(KEY) < 0;
        assertThat(servers.heard(tag, "http://10.0.0.2:3000", KEY)).isEqualTo(smaller);
        assertThat(servers.tag().equals(tag)).isEqualTo(!smaller);
        var larger = "z".repeat(42) + "w";
        var again = servers.tag();
        assertThat(servers.heard(again, "http://10.0.0.3:3000", larger))
                .isEqualTo(servers.key().compareTo(larger) < 0);
    }

    @Test
    void itsOwnAnnouncementIsIgnored() {
        assertThat(servers.heard(servers.tag(), servers.address(), servers.key())).isFalse();
        assertThat(servers.size()).isZero();
    }

    @Test
    void aMalformedAnnouncementIsCounted() {
        for (var words :
                List.of(
                        List.of("abc", "http://h:1", KEY),
                        List.of("abc/", "http://h:1", KEY),
                        List.of("abcd", "ftp://h:1", KEY),
                        List.of("abcd", "http://h:1/path", KEY),
                        List.of("abcd", "http://h:1?query", KEY),
                        List.of("abcd", "http://user@h:1", KEY),
                        List.of("abcd", "http://", KEY),
                        List.of("abcd", "no address", KEY),
                        List.of("abcd", "http://" + "h".repeat(300), KEY),
                        List.of("abcd", "http://h:1", "AAAA"),
                        List.of("abcd", "http://h:1", "no key"))) {
            servers.heard(words.get(0), words.get(1), words.get(2));
        }
        assertThat(servers.size()).isZero();
        assertThat(metrics.malformed()).isEqualTo(11);
    }

    @Test
    void noMoreThanAThousandServersAreHeard() {
        for (int i = 0; i < 1_100; i++) {
            var key = "%04d".formatted(i) + "A".repeat(39);
            servers.heard("%04d".formatted(i), "http://10.0.0.2:" + (10_000 + i), key);
        }
        assertThat(servers.size()).isEqualTo(1_000);
        assertThat(metrics.malformed()).isEqualTo(100);
    }

    @Test
    void afterAFailureNothingIsSentForASecond() {
        var other = new OtherServer("abcd", "http://10.0.0.2:3000", KEY);
        assertThat(other.isDown(0)).isFalse();
        other.failed(5);
        assertThat(other.isDown(6)).isTrue();
        assertThat(other.isDown(1_000_000_006L)).isFalse();
    }

    @Test
    void theAddressIsCheckedWhenForwardingBegins() {
        assertThatThrownBy(() -> SessionForwarding.builder().address("10.0.0.3:3000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://10.0.0.3:3000");
    }

    @Test
    void boundsGiveBackWhatWasTaken() {
        var bounds = new InFlight(2, 10, metrics);
        assertThat(bounds.enter()).isTrue();
        assertThat(bounds.enter()).isTrue();
        assertThat(bounds.enter()).isFalse();
        bounds.leave();
        assertThat(bounds.enter()).isTrue();
        assertThat(bounds.hold(6)).isTrue();
        assertThat(bounds.hold(5)).isFalse();
        bounds.release(6);
        assertThat(bounds.hold(10)).isTrue();
        assertThat(metrics.refused()).isEqualTo(2);
        assertThat(metrics.inFlight()).isEqualTo(2);
    }
}
