package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.browser.TestProvider;
import io.natter.chat.openid.OpenIdConfig;
import io.natter.chat.web.AccountTest;
import io.natter.chat.web.ChatConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/// A chat with an OpenID Connect provider.
abstract class OpenIdTestCase extends AccountTest {
    final TestProvider provider = TestProvider.start(clock);

    @Override
    protected ChatConfig config() {
        return new ChatConfig("127.0.0.1", 0, directory, List.of(), List.of()).withOpenId(openId());
    }

    OpenIdConfig openId() {
        return openId(true, List.of(), null, false);
    }

    final OpenIdConfig openId(
            boolean create,
            List<String> domains,
            OpenIdConfig.@Nullable Requirement required,
            boolean only) {
        return new OpenIdConfig(
                provider.issuer(),
                TestProvider.CLIENT,
                TestProvider.SECRET,
                List.of("openid", "profile", "email"),
                "Acme",
                create,
                "name",
                domains,
                required,
                only);
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    /// A browser: it keeps both cookies.
    final class Browser {
        String session;
        String step = "";

        Browser(String session) {
            this.session = session;
        }

        Browser() {
            this("");
        }

        private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
            String cookies = session.isEmpty() ? step : session + "; " + step;
            HttpResponse<String> answer =
                    OpenIdTestCase.this.send(
                            cookies.isEmpty() ? request : request.header("Cookie", cookies));
            String set = cookie(answer);
            if (set.startsWith("natter_session=")) {
                session = set;
            } else if (!set.isEmpty()) {
                step = set;
            }
            return answer;
        }

        HttpResponse<String> post(String path, String quoted, Object... arguments)
                throws Exception {
            return send(posting(path, quoted, arguments));
        }

        URI start(String purpose) throws Exception {
            return start(purpose, "");
        }

        URI start(String purpose, String more) throws Exception {
            HttpResponse<String> answer =
                    post("/api/openid/start", "{'purpose':'%s'%s}", purpose, more);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return URI.create(json(answer).at("/location").asString());
        }

        /// Follows the provider's redirect and returns where the chat sends the browser.
        String back(URI callback) throws Exception {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(callback));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
            return answer.headers().firstValue("Location").orElseThrow();
        }

        String visit(String purpose) throws Exception {
            return back(provider.signIn(start(purpose)));
        }

        JsonNode outcome(String location) throws Exception {
            assertThat(location).contains("#openid=");
            String step = location.substring(location.indexOf('=') + 1);
            return json(post("/api/openid/outcome", "{'step':'%s'}", step));
        }

        String problem(String location) throws Exception {
            return outcome(location).at("/problem").asString();
        }

        String name() throws Exception {
            return json(get(session, "/api/session")).at("/me/name").asString();
        }

        JsonNode methods() throws Exception {
            return json(get(session, "/api/methods"));
        }
    }
}
