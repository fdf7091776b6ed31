package io.natter.chat.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.push.PushSubscription;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PushCipherTest {
    /// RFC 8291, appendix A.
    @Test
    void encryptsTheExampleOfTheRfcByteForByte() throws Exception {
        byte[] browser =
                bytes(
                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        byte[] sender =
                bytes(
                        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        KeyPair own =
                new KeyPair(
                        P256.publicKey(sender).orElseThrow(),
                        P256.privateKey(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
        byte[] encrypted =
                PushCipher.encrypt(
                        "When I grow up, I want to be a watermelon"
                                .getBytes(StandardCharsets.US_ASCII),
                        new PushSubscription(
                                "https://push.example", browser, bytes("BTBZMqHH6r4Tts7J_aSIgg")),
                        own,
                        bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(encrypted))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg"
                                + "Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVB"
                                + "St2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void aPointOffTheCurveIsRefused() throws Exception {
        byte[] point =
                P256.point((java.security.interfaces.ECPublicKey) P256.generate().getPublic());
        point[64] ^= 1;
        assertThat(P256.publicKey(point)).isEmpty();
        assertThat(P256.publicKey(new byte[65])).isEmpty();
        assertThat(P256.publicKey(new byte[64])).isEmpty();
        var to = new PushSubscription("https://push.example", point, new byte[16]);
        assertThatThrownBy(() -> PushCipher.encrypt(new byte[1], to))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aTextThatNoPushServiceTakesIsRefused() {
        var to = new PushSubscription("https://push.example", new byte[65], new byte[16]);
        assertThatThrownBy(() -> PushCipher.encrypt(new byte[3994], to))
                .hasMessage("A push message has at most 3993 bytes, not 3994.");
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
