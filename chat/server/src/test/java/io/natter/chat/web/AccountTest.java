package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/// A server test with accounts. Every password here is `plum at midnight` where nothing else is
/// said.
public abstract class AccountTest extends WireTest {
    protected static final String PASSWORD = "plum at midnight";

    protected HttpRequest.Builder posting(String path, String quoted, Object... arguments) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("X-Natter", "1")
                .POST(BodyPublishers.ofString(json(quoted, arguments)));
    }

    protected HttpResponse<String> post(
            String cookie, String path, String quoted, Object... arguments) throws Exception {
        HttpRequest.Builder request = posting(path, quoted, arguments);
        return send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
    }

    protected HttpResponse<String> get(String cookie, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).header("Cookie", cookie));
    }

    protected static String entered(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return cookie(response);
    }

    /// Makes an account; what comes back is the cookie.
    protected String signUp(String name) throws Exception {
        return entered(post("", "/api/account", "{'name':'%s','password':'%s'}", name, PASSWORD));
    }

    protected HttpResponse<String> signingIn(String name, String password) throws Exception {
        return post("", "/api/login", "{'name':'%s','password':'%s'}", name, password);
    }

    /// Makes the owner; what comes back is the cookie.
    protected String owner(String name) throws Exception {
        return entered(
                post(
                        "",
                        "/api/account",
                        "{'name':'%s','password':'%s','setup':'%s'}",
                        name,
                        PASSWORD,
                        server.setupSecret().orElseThrow()));
    }

    /// A client with this cookie that has said hello.
    protected TestClient greet(String cookie) {
        TestClient client = client(cookie);
        assertThat(client.hello().has("ok")).isTrue();
        return client;
    }

    /// Whether a session still is one.
    protected boolean isIn(String cookie) throws Exception {
        return get(cookie, "/api/session").statusCode() == 200;
    }

    protected static String personOf(JsonNode event) {
        return event.at("/id").asString();
    }
}
