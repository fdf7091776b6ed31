package io.natter.bench.soak;

import io.natter.engine.AllowRequest;
import io.natter.host.HttpRequest;
import io.natter.host.dispatch.Dispatch;
import io.natter.socketio.ConnListener;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.websocket.WebSocketServer;
import io.natter.websocket.WebSocketServerOptions;
import java.util.UUID;

/// Servers whose application code throws wherever the client asks for it: by the query
/// `fail=WHERE.KIND` in what is called for a handshake, by an event or a message `KIND` in a
/// handler. `WHERE` is the name of the callback, `KIND` a [Fault].
final class Guards {
    /// So few that a slot which an Error keeps is missed soon.
    private static final int HANDSHAKES = 50;

    private Guards() {}

    static SocketIoServer socketIo(String path, Dispatch dispatch) {
        var options =
                SocketIoOptions.builder()
                        .path(path)
                        .dispatch(dispatch)
                        .maxHandshakesInFlight(HANDSHAKES)
                        .allowRequest(
                                request -> {
                                    fail("allowRequest", request);
                                    return AllowRequest.allow();
                                })
                        .generateId(
                                request -> {
                                    fail("generateId", request);
                                    return UUID.randomUUID().toString();
                                })
                        .build();
        var io = SocketIoServer.create(options);
        io.engine()
                .use(
                        (request, _) -> {
                            fail("engineMiddleware", request);
                            return null;
                        })
                .onInitialHeaders((_, request) -> fail("onInitialHeaders", request))
                .onHeaders((_, request) -> fail("onHeaders", request))
                .onConnection(session -> fail("engineConnection", session.request()));
        io.use(socket -> fail("middleware", request(socket)));
        io.onConnection(socket -> listen(io, socket));
        return io;
    }

    private static void listen(SocketIoServer io, Socket socket) {
        var request = request(socket);
        socket.onConn(
                new ConnListener() {
                    @Override
                    public void message() {
                        fail("connMessage", request);
                    }

                    @Override
                    public void drained() {
                        fail("connDrained", request);
                    }

                    @Override
                    public void upgraded() {
                        fail("connUpgraded", request);
                    }
                });
        socket.onDisconnect(_ -> fail("onDisconnect", request));
        SoakEvents.echo(socket);
        socket.on("all", String.class, text -> io.emit("all", text));
        for (var fault : Fault.values()) {
            socket.on(fault.name(), fault::inject);
        }
        fail("onConnection", request);
    }

    private static HttpRequest request(Socket socket) {
        return socket.conn().request();
    }

    /// Throws if the request asked for a fault here.
    private static void fail(String where, HttpRequest request) {
        for (var parameter : request.rawQuery().split("&", -1)) {
            if (parameter.startsWith("fail=" + where + ".")) {
                Fault.of(parameter.substring(parameter.indexOf('.') + 1)).inject();
            }
        }
    }

    static WebSocketServer plain(String path, Dispatch dispatch) {
        var options = WebSocketServerOptions.builder().path(path).dispatch(dispatch).build();
        return WebSocketServer.create(options)
                .onConnection(
                        socket ->
                                socket.onMessage(
                                        text -> {
                                            if (text.startsWith("fail=")) {
                                                Fault.of(text.substring(5)).inject();
                                            }
                                            socket.send(text);
                                        }));
    }
}
