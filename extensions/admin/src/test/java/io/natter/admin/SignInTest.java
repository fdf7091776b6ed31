package io.natter.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Password;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The people who may use the Admin UI, packet by packet.
final class SignInTest {
    private static final String REFUSED = "44/admin,{\"message\":\"invalid credentials\"}";
    private final AdminNode node = new AdminNode();

    @Test
    void signInNeedsCredentials() {
        node.instrument(AdminUi.builder().basicAuth("ana", AdminNode.HASH));
        for (String auth :
                new String[] {
                    "",
                    "{\"sessionId\":null}",
                    "{\"username\":\"ana\"}",
                    "{\"username\":\"ana\",\"password\":7}",
                    "{\"username\":\"bob\",\"password\":\"changeit\"}",
                    "{\"username\":\"ana\",\"password\":\"changeit2\"}",
                    "{\"sessionId\":\"0123456789abcdef\"}"
                }) {
            assertThat(node.admin(auth).await("44/admin")).as(auth).isEqualTo(REFUSED);
        }
        assertThat(node.errors).isEmpty();
    }

    @Test
    void nameAndPasswordGiveASessionThatIsEnoughLater() {
        AdminUi admin = node.instrument(AdminUi.builder().basicAuth("ana", AdminNode.HASH));
        var first = node.admin(AdminNode.SIGN_IN);
        assertThat(first.await("40/admin,")).matches("40/admin,\\{\"sid\":\"[\\w-]{20}\"}");
        String session = first.await("42/admin,[\"session\"");
        assertThat(session).matches("42/admin,\\[\"session\",\"[\\w-]{64}\"]");
        String id = session.substring(21, 85);
        var second = node.admin("{\"sessionId\":\"" + id + "\"}");
        second.await("42/admin,[\"config\"");
        assertThat(second.events("session")).isEmpty();
        char last = id.charAt(40);
        String forged = id.replace(last, last == 'a' ? 'b' : 'a');
        assertThat(node.admin("{\"sessionId\":\"" + forged + "\"}").await("44/admin"))
                .isEqualTo(REFUSED);
        assertThat(admin.failedSignIns()).isZero();
    }

    @Test
    void aSessionEndsAndDependsOnThePassword() {
        var now = new Instant[] {Instant.EPOCH};
        var sessions = new SignedSessions("secret", Duration.ofHours(1), () -> now[0]);
        String id = sessions.create();
        assertThat(sessions.isValid(id)).isTrue();
        assertThat(new SignedSessions("secret", Duration.ofHours(1), () -> now[0]).isValid(id))
                .isTrue();
        assertThat(new SignedSessions("other", Duration.ofHours(1), () -> now[0]).isValid(id))
                .isFalse();
        assertThat(sessions.isValid("!")).isFalse();
        now[0] = Instant.EPOCH.plusSeconds(3600);
        assertThat(sessions.isValid(id)).isFalse();
    }

    @Test
    void tooManyWrongPasswordsOfAnAddressAreRefusedForAWhile() {
        AdminUi admin = node.instrument(AdminUi.builder().basicAuth("ana", AdminNode.HASH));
        for (int i = 0; i < 10; i++) {
            node.admin("{\"username\":\"ana\",\"password\":\"x\"}").await("44/admin");
        }
        assertThat(node.admin(AdminNode.SIGN_IN).await("44/admin"))
                .isEqualTo(
                        "44/admin,{\"message\":\"invalid credentials\","
                                + "\"data\":{\"reason\":\"too many attempts: wait a minute\"}}");
        assertThat(admin.failedSignIns()).isEqualTo(11);
    }

    @Test
    void attemptsAreCountedByAddressAndForAMinute() throws Exception {
        var now = new Instant[] {Instant.EPOCH};
        var limiter = new SignInLimiter(() -> now[0]);
        for (int i = 0; i < 10; i++) {
            limiter.attempt("a", () -> false);
        }
        assertThat(limiter.attempt("a", () -> true)).isEqualTo(SignInLimiter.Outcome.TOO_MANY);
        assertThat(limiter.attempt("b", () -> true)).isEqualTo(SignInLimiter.Outcome.RIGHT);
        now[0] = Instant.EPOCH.plusSeconds(60);
        assertThat(limiter.attempt("a", () -> true)).isEqualTo(SignInLimiter.Outcome.RIGHT);
    }

    @Test
    void everybodyComesInIfTheApplicationSaysSo() {
        node.instrument(AdminUi.builder().noAuth());
        node.admin("").await("42/admin,[\"config\"");
    }

    @Test
    void anAdminUiWithoutCredentialsOrWithAPlainPasswordIsRefused() {
        assertThatThrownBy(() -> AdminUi.builder().instrument(node.io))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call basicAuth(username, passwordHash), or noAuth()");
        for (String hash : new String[] {"changeit", "$2b$", "$argon2id$", ""}) {
            assertThatThrownBy(() -> AdminUi.builder().basicAuth("ana", hash))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be a hash of bcrypt or Argon2");
        }
    }

    @Test
    void hashesOfBcryptAndArgon2AreUnderstood() {
        String argon2 = Password.hash("changeit").addRandomSalt().withArgon2().getResult();
        String node = AdminNode.HASH.replace("$2a$", "$2b$");
        String htpasswd = AdminNode.HASH.replace("$2a$", "$2y$");
        for (String hash : new String[] {AdminNode.HASH, node, htpasswd, argon2}) {
            var credentials = new Credentials("ana", hash);
            assertThat(credentials.match("ana", "changeit")).as(hash).isTrue();
            assertThat(credentials.match("ana", "x")).as(hash).isFalse();
            assertThat(credentials.match("Ana", "changeit")).as(hash).isFalse();
        }
    }
}
