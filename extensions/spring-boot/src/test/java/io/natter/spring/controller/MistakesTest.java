package io.natter.spring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.natter.socketio.Ack;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.NatterSetupException;
import io.natter.spring.OnConnect;
import io.natter.spring.OnDisconnect;
import io.natter.spring.OnEvent;
import io.natter.spring.SocketIoController;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.web.bind.annotation.RequestParam;
import reactor.core.publisher.Flux;

/// A method that cannot be a handler is an error at the start, which says what to do.
class MistakesTest {
    @SocketIoController
    static class Empty {}

    @SocketIoController
    static class Reserved {
        @OnEvent("disconnect")
        void handle() {}
    }

    @SocketIoController
    static class Unnamed {
        @OnEvent("")
        void handle() {}
    }

    @SocketIoController
    static class TwoAnswers {
        @OnEvent("x")
        String handle(Ack ack) {
            return "";
        }
    }

    @SocketIoController
    static class Many {
        @OnEvent("x")
        Flux<String> handle() {
            return Flux.empty();
        }
    }

    @SocketIoController
    static class ConnectReturns {
        @OnConnect
        String handle() {
            return "";
        }
    }

    @SocketIoController
    static class ConnectArgument {
        @OnConnect
        void handle(Socket socket, String text) {}
    }

    @SocketIoController
    static class DisconnectArgument {
        @OnDisconnect
        void handle(Ack ack) {}
    }

    @SocketIoController
    static class Foreign {
        @OnEvent("x")
        void handle(HttpServletRequest request) {}
    }

    @SocketIoController
    static class OfAQuery {
        @OnEvent("x")
        void handle(@RequestParam String room) {}
    }

    @SocketIoController
    static class OfSecurity {
        @OnEvent("x")
        void handle(@AuthenticationPrincipal String account) {}
    }

    @SocketIoController
    static class OfUserDetails {
        @OnEvent("x")
        void handle(UserDetails account) {}
    }

    @SocketIoController
    static class Static {
        @OnEvent("x")
        static void handle() {}
    }

    @SocketIoController
    static class Twice {
        @OnEvent("x")
        void first() {}

        @OnEvent("x")
        void second() {}
    }

    @SocketIoController(pattern = "(")
    static class Pattern {
        @OnEvent("x")
        void handle() {}
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        new Empty(),
                        "Empty is a @SocketIoController and handles nothing.",
                        "Add a method with @OnConnect, @OnEvent(\"name\") or @OnDisconnect."),
                Arguments.of(
                        new Reserved(),
                        "Reserved.handle() handles \"disconnect\", a name that Socket.IO reserves.",
                        "Choose another name, or use @OnDisconnect."),
                Arguments.of(
                        new Unnamed(),
                        "Unnamed.handle() names no event.",
                        "Write @OnEvent(\"name\")."),
                Arguments.of(
                        new TwoAnswers(),
                        "TwoAnswers.handle(Ack) both returns a value and has a parameter Ack.",
                        "Return the acknowledgement, or make the method void and call ack.send."),
                Arguments.of(
                        new Many(),
                        "Many.handle() returns many values, and an acknowledgement is one.",
                        "Return a Mono, a CompletionStage or the value."),
                Arguments.of(
                        new ConnectReturns(),
                        "ConnectReturns.handle() returns a value, and there is nothing to"
                                + " acknowledge in @OnConnect.",
                        "Make it void."),
                Arguments.of(
                        new ConnectArgument(),
                        "ConnectArgument.handle(Socket, String) has a parameter of type String.",
                        "Parameters of a method with @OnConnect are Socket, Namespace,"
                                + " SocketIoServer, Handshake and Principal."),
                Arguments.of(
                        new DisconnectArgument(),
                        "DisconnectArgument.handle(Ack) has a parameter of type Ack.",
                        "Parameters of a method with @OnDisconnect are those of @OnConnect and"
                                + " DisconnectReason."),
                Arguments.of(
                        new Foreign(),
                        "Foreign.handle(HttpServletRequest) has a parameter of type"
                                + " jakarta.servlet.http.HttpServletRequest, and there is no HTTP"
                                + " request.",
                        "Take a Handshake: it has headers, cookies, attributes and the principal."),
                Arguments.of(
                        new OfAQuery(),
                        "OfAQuery.handle(String) has a parameter with @RequestParam.",
                        "Take a Handshake: it has headers, cookies, attributes and the principal."),
                Arguments.of(
                        new OfSecurity(),
                        "OfSecurity.handle(String) has a parameter with @AuthenticationPrincipal.",
                        "Take a Principal or Authentication, or add @AuthenticationPrincipal."),
                Arguments.of(
                        new OfUserDetails(),
                        "OfUserDetails.handle(UserDetails) has a parameter of type"
                                + " org.springframework.security.core.userdetails.UserDetails.",
                        "Take a Principal or Authentication, or add @AuthenticationPrincipal."),
                Arguments.of(
                        new Static(),
                        "Static.handle() is static.",
                        "Make it a method of the bean."),
                Arguments.of(
                        new Pattern(),
                        "The pattern of the @SocketIoController bean is no regular expression.",
                        "Correct it: Unclosed group near index 1\n("));
    }

    private static NatterSetupException fault(Object bean) {
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("bean", bean);
        return catchThrowableOfType(
                NatterSetupException.class,
                () ->
                        new SocketIoControllers(beans, ArgumentCheck.NONE, UserAccess.NONE)
                                .addTo(SocketIoServer.create()));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatToDo(Object bean, String problem, String action) {
        var fault = fault(bean);
        assertThat(fault.problem()).isEqualTo(problem);
        assertThat(fault.action()).isEqualTo(action);
    }

    @ParameterizedTest
    @MethodSource("two")
    void oneEventHasOneHandler(Object bean) {
        var fault = fault(bean);
        assertThat(fault.problem())
                .containsPattern(
                        "Twice\\.(first|second)\\(\\) handles \"x\", and so does"
                                + " Twice\\.(first|second)\\(\\) in the same namespace\\.");
        assertThat(fault.action()).isEqualTo("Keep one of them: an event has one acknowledgement.");
    }

    static Stream<Object> two() {
        return Stream.of(new Twice());
    }
}
