package io.natter.chat.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushServicesTest {
    private final PushServices services = new PushServices(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/abc",
                "https://updates.push.services.mozilla.com/wpush/v2/abc",
                "https://web.push.apple.com/abc",
                "https://wns2-am3p.notify.windows.com/w/?token=abc",
                "https://fcm.googleapis.com:443/fcm/send/abc"
            })
    void sendsToThePushServicesOfBrowsers(String endpoint) {
        assertThat(services.allow(endpoint)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://fcm.googleapis.com/fcm/send/abc",
                "https://127.0.0.1/admin",
                "https://169.254.169.254/latest/meta-data",
                "https://fcm.googleapis.com.evil.example/",
                "https://evilfcm.googleapis.com/",
                "https://fcm.googleapis.com@127.0.0.1/",
                "https://fcm.googleapis.com:8443/",
                "https://evil.example/#.push.apple.com",
                "file:///etc/passwd",
                "not an address",
                ""
            })
    void sendsNowhereElse(String endpoint) {
        assertThat(services.allow(endpoint)).isFalse();
    }

    @Test
    void anEndpointHasALimit() {
        assertThat(services.allow("https://web.push.apple.com/" + "a".repeat(1100))).isFalse();
    }

    @Test
    void anOperatorCanAddAService() {
        PushServices more = new PushServices(List.of(URI.create("https://push.example.org")));
        assertThat(more.allow("https://push.example.org/up/1")).isTrue();
        assertThat(more.allow("https://push.example.org:8443/up/1")).isFalse();
        assertThat(more.allow("http://push.example.org/up/1")).isFalse();
    }
}
