package io.natter.chat.web.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.files.TestImages;
import io.natter.chat.web.Contract;
import io.natter.chat.web.IntegrationTest;
import io.natter.chat.wire.WireJson;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Holds the OpenAPI document against the running server, in both directions.
class OpenApiTest extends IntegrationTest {
    private static final List<String> DESCRIBED =
            List.of("/api/v1/", "/api/bots", "/api/webhooks", "/hooks/");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private Contract contract; // read before each test
    private final Set<String> succeeded = new TreeSet<>();
    private String token = "";

    @BeforeEach
    void read() throws Exception {
        contract = Contract.read("openapi.yaml");
        token = bot("Echo").token();
        showPicture();
        done(olga, "me.set", "{'status':'here','zone':'Europe/Berlin'}");
    }

    private Set<String> documented() {
        Set<String> operations = new TreeSet<>();
        contract.at("/paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .propertyNames()
                                        .forEach(
                                                name -> {
                                                    if (METHODS.contains(name)) {
                                                        operations.add(
                                                                name.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey());
                                                    }
                                                }));
        return operations;
    }

    @Test
    void everyRouteHasAnOperationAndEveryOperationARoute() {
        Set<String> routes = new TreeSet<>(server.operations());
        routes.removeIf(
                route ->
                        DESCRIBED.stream()
                                .noneMatch(
                                        prefix -> route.replaceAll(".* ", "").startsWith(prefix)));
        assertThat(documented()).isEqualTo(routes);
    }

    @Test
    void everyOperationAnswersByItsSchemas() throws Exception {
        call("GET /api/v1/me", "");
        call("GET /api/v1/rooms", "");
        call("GET /api/v1/rooms/{room}", "", "general");
        call("GET /api/v1/rooms/{room}/members", "", "general");
        String messages = "/api/v1/rooms/{room}/messages";
        call("POST " + messages, "{'text':'one <@room>'}", "general");
        String file = upload();
        call(
                "POST " + messages,
                "{'text':'','files':[{'id':'%s','alt':'a dot'}]}".formatted(file),
                "general");
        call("POST " + messages, "{'text':'two','reply_to':1}", "general");
        String reactions = messages + "/{seq}/reactions/{emoji}";
        call("PUT " + reactions, "", "general", "1", "%F0%9F%91%8D");
        done(olga, "pin", "{'room':'general','seq':1,'on':true}");
        call("PATCH " + messages + "/{seq}", "{'text':'three','base_ver':3}", "general", "3");
        call("GET " + messages, "", "general");
        call("GET " + messages + "/{seq}", "", "general", "1");
        call("DELETE " + reactions, "", "general", "1", "%F0%9F%91%8D");
        call("DELETE " + messages + "/{seq}", "", "general", "3");
        call("GET " + messages, "", "general");
        call("GET /api/v1/files/{file}", "", file);

        JsonNode made = call("POST /api/bots", "{'name':'Second'}");
        String id = "{'id':'" + made.at("/bot/person/id").asString() + "'}";
        call("POST /api/bots/renew", id);
        call("POST /api/bots/revoke", id);
        call("GET /api/bots", "");
        JsonNode incoming =
                call("POST /api/webhooks/incoming", "{'room':'general','name':'Alerts'}");
        String secret = incoming.at("/path").asString().replace("/hooks/", "");
        call("POST /hooks/{secret}", "{'text':'hello','username':'CI'}", secret);
        JsonNode outgoing =
                call(
                        "POST /api/webhooks/outgoing",
                        "{'name':'CI','url':'https://example.invalid/','events':['message.sent'],'rooms':['general']}");
        call("GET /api/webhooks", "");
        String hook = "{'id':'" + outgoing.at("/webhook/id").asString() + "'}";
        call("POST /api/webhooks/outgoing/enable", hook);
        call("POST /api/webhooks/outgoing/revoke", hook);
        call(
                "POST /api/webhooks/incoming/revoke",
                "{'id':'" + incoming.at("/webhook/person/id").asString() + "'}");
        assertThat(succeeded).isEqualTo(documented());
    }

    private String upload() throws Exception {
        byte[] png = TestImages.of("png", 60, 40);
        HttpResponse<String> answer =
                ask(
                        "POST /api/v1/files",
                        "/api/v1/files?name=dot.png",
                        BodyPublishers.ofByteArray(png));
        check("POST /api/v1/files", answer);
        return json(answer).at("/id").asString();
    }

    /// Makes a request by its schema, checks the answer, and then that of one without credentials.
    private JsonNode call(String operation, String quoted, String... values) throws Exception {
        clock.advance(Duration.ofSeconds(2)); // for the rate limits
        String path = operation.substring(operation.indexOf(' ') + 1);
        for (String value : values) {
            path = path.replaceFirst("\\{[a-z]+}", value);
        }
        String body = quoted.replace('\'', '"');
        if (!body.isEmpty()) {
            String schema = contract.resolve(pointer(operation) + "/requestBody");
            contract.check(
                    schema + "/content/application~1json/schema", WireJson.JSON.readTree(body));
        }
        HttpResponse<String> answer =
                ask(
                        operation,
                        path,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        assertThat(answer.statusCode()).as("%s: %s", operation, answer.body()).isBetween(200, 299);
        check(operation, answer);
        refused(operation, path, body);
        return operation.startsWith("POST /hooks")
                        || answer.body().isEmpty()
                        || path.contains("/files/")
                ? WireJson.JSON.nullNode()
                : json(answer);
    }

    private HttpResponse<String> ask(String operation, String path, BodyPublisher body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .method(operation.substring(0, operation.indexOf(' ')), body);
        if (!path.startsWith("/api/v1/files?")) {
            request.header("Content-Type", "application/json");
        }
        if (path.startsWith("/api/v1/")) {
            request.header("Authorization", "Bearer " + token);
        } else if (path.startsWith("/api/")) {
            request.header("Cookie", cookie).header("X-Natter", "1");
        }
        return send(request);
    }

    private void refused(String operation, String path, String body) throws Exception {
        String strange = path.startsWith("/hooks/") ? "/hooks/none" : path;
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(uri(strange))
                                .header("Content-Type", "application/json")
                                .header("X-Natter", "1")
                                .method(
                                        operation.substring(0, operation.indexOf(' ')),
                                        BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(operation).isIn(401, 404);
        check(operation, answer);
    }

    private void check(String operation, HttpResponse<String> answer) {
        String responses = pointer(operation) + "/responses/";
        String status = Integer.toString(answer.statusCode());
        boolean known = !contract.at(responses + status).isMissingNode();
        String response = contract.resolve(responses + (known ? status : "default"));
        JsonNode content = contract.at(response + "/content");
        if (answer.statusCode() < 300) {
            assertThat(known).as("%s answers %s", operation, status).isTrue();
            succeeded.add(operation);
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        if (content.isMissingNode()) {
            assertThat(answer.body()).as(operation).isEmpty();
        } else if (!content.has("*/*")) {
            assertThat(content.has(type)).as("%s answers as %s", operation, type).isTrue();
            JsonNode value =
                    type.equals("application/json")
                            ? json(answer)
                            : WireJson.JSON.stringNode(answer.body());
            contract.check(response + "/content/" + Contract.escaped(type) + "/schema", value);
        }
    }

    private static String pointer(String operation) {
        int space = operation.indexOf(' ');
        return "/paths/"
                + Contract.escaped(operation.substring(space + 1))
                + "/"
                + operation.substring(0, space).toLowerCase(Locale.ROOT);
    }

    @Test
    void theDocumentsAreServed() throws Exception {
        for (String name : List.of("openapi", "asyncapi")) {
            var answer = send(HttpRequest.newBuilder(uri("/api/" + name + ".yaml")));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
            assertThat(new YAMLMapper().readTree(answer.body()).at("/info/title").asString())
                    .isEqualTo("Natter");
        }
    }

    /// Both documents describe the same objects.
    @Test
    void theSchemasOfBothDocumentsAgree() throws Exception {
        Contract other = Contract.read("asyncapi.yaml");
        for (String name :
                List.of(
                        "Person",
                        "Profile",
                        "Quote",
                        "Reaction",
                        "File",
                        "Message",
                        "Room",
                        "Error",
                        "Refusal")) {
            String pointer = "/components/schemas/" + name;
            assertThat(contract.at(pointer)).as(name).isEqualTo(other.at(pointer));
        }
    }
}
