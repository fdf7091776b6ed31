package io.natter.chat.domain.integration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SigningSecretTest {
    /// The example of the specification of Standard Webhooks.
    @Test
    void signsAsTheSpecificationDoes() {
        SigningSecret secret = SigningSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(
                        secret.sign(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1_614_265_330,
                                "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(secret.toString()).isEqualTo("SigningSecret[hidden]");
    }

    @Test
    void waitsLongerAfterEachFailureAndSixHoursAtMost() {
        assertThat(Delivery.waitMs(1)).isEqualTo(10_000);
        assertThat(Delivery.waitMs(2)).isEqualTo(40_000);
        assertThat(Delivery.waitMs(5)).isEqualTo(2_560_000);
        assertThat(Delivery.waitMs(8)).isEqualTo(21_600_000);
        assertThat(Delivery.waitMs(1_000_000)).isEqualTo(21_600_000);
    }
}
