package io.natter.chat.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.IntegrationTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The rights of each kind of person over HTTP. The routes are those that docs/chat-events.md
/// lists.
class RouteRightsTest extends IntegrationTest {
    private static final Pattern ROUTE =
            Pattern.compile("`(GET|POST|PUT|PATCH|DELETE) (…?/[A-Za-z/-]*)");

    /// Those that a stranger may ask, because they end in a session or tell nothing of people.
    private static final Set<String> PUBLIC =
            Set.of(
                    "GET /",
                    "GET /api/ways",
                    "GET /api/openid/callback",
                    "GET /healthz",
                    "GET /readyz",
                    "POST /api/session",
                    "DELETE /api/session",
                    "POST /api/account",
                    "POST /api/login",
                    "POST /api/invite",
                    "POST /api/passkeys/options",
                    "POST /api/passkeys/add", // a step that this browser has not begun
                    "POST /api/passkeys/sign-in",
                    "POST /api/passkeys/sign-up",
                    "POST /api/passkeys/confirm",
                    "POST /api/openid/start",
                    "POST /api/openid/outcome",
                    "POST /api/openid/name",
                    "GET /metrics",
                    "POST /hooks/SECRET");

    private static Set<String> routes() throws Exception {
        Set<String> routes = new TreeSet<>();
        Matcher found = ROUTE.matcher(Files.readString(Path.of("../../docs/chat-events.md")));
        while (found.find()) {
            String path =
                    found.group(2)
                            .replace("…/incoming", "/api/webhooks/incoming")
                            .replace("…/outgoing", "/api/webhooks/outgoing");
            routes.add(found.group(1) + " " + path.replace("//", "/"));
        }
        assertThat(routes).hasSizeGreaterThan(45).contains("PATCH /api/files/ID");
        return routes;
    }

    private static List<String> parts(String route) {
        return List.of(route.split(" ", -1));
    }

    private HttpRequest.Builder request(String route, String... headers) {
        String id = "AAAAAAAAAAAAAAAAAAAAAA";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(parts(route).getLast().replace("ID", id)));
        String method = parts(route).getFirst();
        request.method(
                method,
                method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(
                                json(
                                        "{'id':'%s','name':'x','room':'general','rooms':['general'],"
                                                + "'events':['message.sent'],'url':'https://example.com'}",
                                        id)));
        if (!method.equals("GET")) {
            request.header("Content-Type", "application/json");
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Test
    void aStrangerIsAnsweredByPublicRoutesOnly() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String route : routes()) {
            HttpResponse<String> answer = send(request(route, "X-Natter", "1"));
            if (!PUBLIC.contains(route) && answer.statusCode() != 401) {
                wrong.add(route + " " + answer.statusCode() + " " + answer.body());
            }
            if (answer.statusCode() >= 500) {
                wrong.add(route + " " + answer.statusCode());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aPageOfAnotherSiteChangesNothingInTheNameOfTheOwner() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String route : routes()) {
            if (route.startsWith("GET ") || route.equals("POST /hooks/SECRET")) {
                continue; // changes nothing, or asks for no cookie
            }
            for (String[] headers :
                    new String[][] {
                        {"Cookie", cookie},
                        {"Cookie", cookie, "X-Natter", "1", "Origin", "https://evil.example"},
                        {"Cookie", cookie, "X-Natter", "1", "Origin", "null"},
                        {"Cookie", cookie, "X-Natter", "1", "Sec-Fetch-Site", "cross-site"},
                        {"Cookie", cookie, "X-Natter", "1", "Sec-Fetch-Site", "same-site"}
                    }) {
                HttpResponse<String> answer = send(request(route, headers));
                boolean asked = headers.length > 2 || answer.body().contains("X-Natter: 1");
                if (answer.statusCode() != (headers.length > 2 ? 403 : 400) || !asked) {
                    wrong.add(route + " " + List.of(headers) + " " + answer.statusCode());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(isIn(cookie)).isTrue();
    }

    @Test
    void membersDoNotAdministerBotsAndWebhooks() throws Exception {
        String guest = guest("Guest");
        String member = signUp("Mia");
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (String route : routes()) {
            if (!route.contains("/api/bots") && !route.contains("/api/webhooks")) {
                continue;
            }
            for (String who : List.of(guest, member)) {
                asked++;
                clock.advance(Duration.ofSeconds(2)); // for the rate limits
                HttpResponse<String> answer = send(request(route, "Cookie", who, "X-Natter", "1"));
                if (answer.statusCode() != 403 || !code(answer).equals("forbidden")) {
                    wrong.add(route + " " + answer.statusCode() + " " + answer.body());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(18);
    }

    @Test
    void aBotsTokenIsNoSession() throws Exception {
        TestBot bot = bot("Robot");
        for (String route : List.of("GET /api/session", "GET /api/bots", "GET /api/sessions")) {
            HttpResponse<String> answer =
                    send(request(route, "Authorization", "Bearer " + bot.token()));
            assertThat(answer.statusCode()).as(route).isEqualTo(401);
            answer = send(request(route, "Cookie", "natter_session=" + bot.token()));
            assertThat(answer.statusCode()).as(route).isEqualTo(401);
        }
    }
}
