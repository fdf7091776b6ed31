package io.natter.spring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Attributes;
import io.natter.socketio.Ack;
import io.natter.socketio.Args;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.Handshake;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.OnConnect;
import io.natter.spring.OnDisconnect;
import io.natter.spring.OnEvent;
import io.natter.spring.SocketIoController;
import io.natter.testing.TestClient;
import io.natter.testing.TestServer;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.groups.Default;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.validation.annotation.Validated;
import reactor.core.publisher.Mono;

/// Methods with annotations handle events.
class ControllersTest {
    record Item(@NotBlank String name, @Min(1) int count) {}

    record Order(@Valid List<Item> items) {}

    interface Creation {}

    record Draft(@NotBlank(groups = Creation.class) String title, @Min(1) int size) {}

    @SocketIoController
    static class Everything {
        @Nullable String left;

        @OnConnect
        void connected(Socket socket, Namespace nsp, SocketIoServer io, Handshake handshake) {
            socket.emit("seen", nsp.name(), io.of("/").name(), handshake.address());
        }

        @OnEvent("two")
        String two(String first, int second) {
            return first + second;
        }

        @OnEvent("generic")
        int generic(List<Item> items) {
            return items.getFirst().count();
        }

        @OnEvent("optional")
        String optional(Optional<String> text) {
            return text.orElse("none");
        }

        @OnEvent("nullable")
        String nullable(@Nullable String text) {
            return text == null ? "none" : text;
        }

        @OnEvent("nothing")
        void nothing() {}

        @OnEvent("ack")
        void ack(Args args, Ack ack) {
            ack.send(args.size(), "own");
        }

        @OnEvent("later")
        CompletableFuture<String> later() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @OnEvent("mono")
        Mono<String> mono(String text) {
            return Mono.just(text);
        }

        @OnEvent("empty")
        Mono<Void> empty() {
            return Mono.empty();
        }

        @OnEvent("failing")
        Mono<String> failing() {
            return Mono.error(new IllegalStateException("no"));
        }

        @OnEvent("order")
        int order(@Valid Order order) {
            return order.items().size();
        }

        @OnEvent("named")
        String named(@NotBlank String name) {
            return name;
        }

        @OnEvent("me")
        String me(Principal user) {
            return user.getName();
        }

        @OnEvent("perhaps me")
        String perhapsMe(@Nullable Principal user) {
            return user == null ? "nobody" : user.getName();
        }

        @OnDisconnect
        void left(DisconnectReason reason) {
            left = reason.toString();
        }
    }

    @SocketIoController("/drafts")
    @Validated(Creation.class)
    static class Drafts {
        @OnEvent("by class")
        String byClass(@Valid Draft draft) {
            return draft.title();
        }

        @OnEvent("by method")
        @Validated(Default.class)
        String byMethod(@Valid Draft draft) {
            return draft.title();
        }

        @OnEvent("by parameter")
        String byParameter(@Validated({Default.class, Creation.class}) Draft draft) {
            return draft.title();
        }
    }

    @SocketIoController(pattern = "/game-\\d+")
    static class Games {
        @OnEvent("name")
        String name(Namespace nsp) {
            return nsp.name();
        }
    }

    private final Everything everything = new Everything();
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private SocketIoServer io = SocketIoServer.create();
    private TestServer server = TestServer.start(io);

    @BeforeEach
    void start() {
        server.close();
        var otherwise = SocketIoOptions.builder().build().errorAnswer();
        io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .errorAnswer(new ErrorAnswers(otherwise, failure -> false))
                                .build());
        beans.registerSingleton("everything", everything);
        beans.registerSingleton("games", new Games());
        beans.registerSingleton("drafts", new Drafts());
        var validator = Validation.buildDefaultValidatorFactory().getValidator();
        new SocketIoControllers(beans, new ArgumentValidator(validator), UserAccess.NONE).addTo(io);
        server = TestServer.start(io);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient client() {
        return server.client().connect();
    }

    private Object answer(String event, Object... args) {
        return client().call(event, Object.class, args);
    }

    @Test
    void connectGetsWhatItAsksFor() {
        assertThat(client().await("seen").args().toList()).startsWith("/", "/");
    }

    @Test
    void argumentsAreParametersInTheirOrder() {
        assertThat(answer("two", "a", 2)).isEqualTo("a2");
        assertThat(answer("generic", List.of(Map.of("name", "x", "count", 7)))).isEqualTo(7);
    }

    @Test
    void optionalAndNullableArgumentsMayBeMissing() {
        assertThat(answer("optional")).isEqualTo("none");
        assertThat(answer("optional", "x")).isEqualTo("x");
        assertThat(answer("nullable")).isEqualTo("none");
        assertThat(answer("nullable", "x")).isEqualTo("x");
    }

    @Test
    void aMissingArgumentIsAnsweredWithAnError() {
        assertThat(answer("two", "a")).isEqualTo(Map.of("error", "bad payload"));
    }

    @Test
    void voidMethodsAcknowledgeWhenTheyReturn() {
        assertThat(client().emitWithAck("nothing").join().size()).isZero();
    }

    @Test
    void aMethodWithAnAckAnswersItself() {
        assertThat(client().emitWithAck("ack", 1, 2, 3).join().toList())
                .isEqualTo(List.of(3, "own"));
    }

    @Test
    void laterValuesAreAwaited() {
        assertThat(answer("later")).isEqualTo("later");
        assertThat(answer("mono", "text")).isEqualTo("text");
        assertThat(client().emitWithAck("empty").join().get(0)).isNull();
    }

    @Test
    void aFailureInTheFutureIsAnsweredWithAnError() {
        assertThat(answer("failing")).isEqualTo(Map.of("error", "internal error"));
    }

    @Test
    void violationsNameTheirPath() {
        assertThat(
                        answer(
                                "order",
                                Map.of(
                                        "items",
                                        List.of(
                                                Map.of("name", "x", "count", 1),
                                                Map.of("name", "", "count", 0)))))
                .isEqualTo(
                        Map.of(
                                "error",
                                "bad payload",
                                "violations",
                                List.of(
                                        Map.of(
                                                "path",
                                                "items[1].count",
                                                "message",
                                                "must be greater than or equal to 1"),
                                        Map.of(
                                                "path",
                                                "items[1].name",
                                                "message",
                                                "must not be blank"))));
        assertThat(answer("named", " "))
                .isEqualTo(
                        Map.of(
                                "error",
                                "bad payload",
                                "violations",
                                List.of(Map.of("path", "name", "message", "must not be blank"))));
    }

    @Test
    void validatedNamesTheGroups() {
        var client = server.client().namespace("/drafts").connect();
        var draft = Map.of("title", " ", "size", 0);
        var title = Map.of("path", "title", "message", "must not be blank");
        var size = Map.of("path", "size", "message", "must be greater than or equal to 1");
        assertThat(client.call("by class", Object.class, draft))
                .isEqualTo(Map.of("error", "bad payload", "violations", List.of(title)));
        assertThat(client.call("by method", Object.class, draft))
                .isEqualTo(Map.of("error", "bad payload", "violations", List.of(size)));
        assertThat(client.call("by parameter", Object.class, draft))
                .isEqualTo(Map.of("error", "bad payload", "violations", List.of(size, title)));
        assertThat(client.call("by parameter", String.class, Map.of("title", "x", "size", 1)))
                .isEqualTo("x");
    }

    @Test
    void aPrincipalIsRequired() {
        assertThat(answer("me")).isEqualTo(Map.of("error", "forbidden"));
        assertThat(answer("perhaps me")).isEqualTo("nobody");
        io.use(socket -> socket.handshake().attributes().set(Attributes.PRINCIPAL, () -> "ana"));
        assertThat(answer("me")).isEqualTo("ana");
    }

    @Test
    void disconnectGetsTheReason() {
        var client = client();
        client.disconnect();
        var ignored = client.awaitServerDisconnect();
        assertThat(everything.left).isEqualTo("client namespace disconnect");
    }

    @Test
    void aPatternIsForDynamicNamespaces() {
        assertThat(server.client().namespace("/game-7").connect().call("name", String.class))
                .isEqualTo("/game-7");
    }
}
