package io.natter.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.inprocess.InProcessWebSocket;
import java.net.URLEncoder;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Options of a [TestClient]. Each method sets one and returns this builder; [#connect] connects.
public final class TestClientBuilder {
    private final TestServer server;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final StringBuilder query = new StringBuilder();
    private String namespace = "/";
    private String address = "127.0.0.1";
    private int protocol = 4;
    private boolean awaitHandlers = true;
    private @Nullable Object auth;
    private @Nullable Principal principal;

    TestClientBuilder(TestServer server) {
        this.server = server;
    }

    private TestClientBuilder copy() {
        var copy = new TestClientBuilder(server);
        copy.headers.putAll(headers);
        copy.query.append(query);
        copy.namespace = namespace;
        copy.address = address;
        copy.protocol = protocol;
        copy.awaitHandlers = awaitHandlers;
        copy.auth = auth;
        copy.principal = principal;
        return copy;
    }

    /// The namespace to join; `/` by default.
    public TestClientBuilder namespace(String value) {
        namespace = value;
        return this;
    }

    /// The credentials, an object such as a `Map` or a record. The server has them as
    /// `socket.handshake().auth()`.
    public TestClientBuilder auth(Object value) {
        auth = value;
        return this;
    }

    /// Adds a header of the handshake request, such as `Cookie` or `Origin`.
    public TestClientBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// Adds a parameter of the handshake's query.
    public TestClientBuilder query(String name, String value) {
        query.append('&')
                .append(URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, UTF_8));
        return this;
    }

    /// The client's IP address; 127.0.0.1 by default.
    public TestClientBuilder address(String value) {
        address = value;
        return this;
    }

    /// The user, as a host finds it in front of the server, such as Spring Security in a servlet
    /// container. The server has it as `socket.handshake().principal()`.
    public TestClientBuilder principal(Principal value) {
        principal = value;
        return this;
    }

    /// The version of the Engine.IO protocol: 4 by default, 3 for a client of Socket.IO 2. The
    /// server must allow version 3.
    public TestClientBuilder protocol(int value) {
        if (value != 3 && value != 4) {
            throw new IllegalArgumentException("the protocol is 3 or 4, not " + value);
        }
        protocol = value;
        return this;
    }

    /// Whether [#connect] waits until the handlers of `onConnection` have returned; true by
    /// default. Set it to false if such a handler waits for something that the test does later.
    public TestClientBuilder awaitHandlers(boolean value) {
        awaitHandlers = value;
        return this;
    }

    /// Connects, and waits until the server has let the client in and its handlers of
    /// `onConnection` have returned. Does not wait for a handler that asks the client for an
    /// acknowledgement.
    ///
    /// @throws ConnectRefusedException if the server or a middleware refuses the client
    /// @throws AssertionError if a handler does not return in time
    public TestClient connect() {
        return copy().connect(auth -> auth);
    }

    /// Connects a copy of this builder with what `credentials` makes of its own.
    TestClient connect(UnaryOperator<@Nullable Object> credentials) {
        var data = credentials.apply(auth);
        var socket = handshake();
        var connection =
                server.eventLoop()
                        .get(
                                () -> {
                                    var opened = new NamespaceConnection(server, this, socket);
                                    server.add(opened);
                                    if (protocol == 4 || !namespace.equals("/")) {
                                        opened.connect(data);
                                    }
                                    return opened;
                                });
        var client = new TestClient(server, this, connection);
        client.awaitAdmission();
        if (awaitHandlers) {
            server.awaitHandlers(connection, true);
        }
        return client;
    }

    String namespace() {
        return namespace;
    }

    /// Asks for a WebSocket, and waits for the answer: a server may ask the application first, on
    /// another thread.
    ///
    /// @throws ConnectRefusedException if the server refuses the request
    private InProcessWebSocket handshake() {
        var target = server.path() + "?EIO=" + protocol + "&transport=websocket" + query;
        var loop = server.eventLoop();
        var socket =
                loop.get(
                        () -> server.host().from(address).as(principal).webSocket(target, headers));
        boolean isAnswered =
                loop.await(
                        () ->
                                socket.isOpen()
                                        || socket.closeCode() != 0
                                        || socket.refusal() != null);
        if (!isAnswered) {
            throw server.failure(
                    "the server did not answer the handshake within %d ms"
                            .formatted(loop.patience().toMillis()));
        }
        var refused = loop.get(() -> Optional.ofNullable(socket.refusal()));
        if (refused.isPresent()) {
            var answer = refused.get();
            throw new ConnectRefusedException(
                    answer.status() + " " + new String(answer.body(), UTF_8), null);
        }
        return socket;
    }

    /// The connection over an open WebSocket. On the event loop's thread.
    PacketConnection open(InProcessWebSocket socket, PacketConnection.Receiver receiver) {
        return new PacketConnection(
                socket, server.host().strand(), protocol, server.parser(), receiver);
    }
}
