package io.natter.socketio;

import java.util.List;

/// A call of one handler, as a [HandlerInterceptor] sees it. For the thread that runs it.
public final class HandlerCall {

    /// The kind of handler.
    public enum Kind {
        /// [Namespace#onConnection].
        CONNECTION,
        /// An event of the client, with [Socket#on(String, Listener.Any)] and its kind.
        EVENT,
        /// [Socket#onDisconnecting(Listener.Value)].
        DISCONNECTING,
        /// [Socket#onDisconnect(Listener.Value)].
        DISCONNECT
    }

    /// The handler with its arguments.
    interface Body {
        void run() throws Exception;
    }

    private final Socket socket;
    private final Kind kind;
    private final String event;
    private final Args args;
    private final List<HandlerInterceptor> interceptors;
    private final Body body;
    private int next;

    private HandlerCall(
            Socket socket,
            Kind kind,
            String event,
            Args args,
            List<HandlerInterceptor> interceptors,
            Body body) {
        this.socket = socket;
        this.kind = kind;
        this.event = event;
        this.args = args;
        this.interceptors = interceptors;
        this.body = body;
    }

    /// Runs the handler of an event inside the interceptors.
    static void event(
            Socket socket,
            String event,
            Args args,
            List<HandlerInterceptor> interceptors,
            Body body)
            throws Exception {
        new HandlerCall(socket, Kind.EVENT, event, args, interceptors, body).proceed();
    }

    /// Runs a handler of another kind, inside the interceptors if there are any.
    static void run(Socket socket, Kind kind, String event, Body body) throws Exception {
        var interceptors = socket.nsp().interceptors();
        if (interceptors.isEmpty()) {
            body.run();
        } else {
            var none = Args.none(socket.nsp().server().mapping());
            new HandlerCall(socket, kind, event, none, interceptors, body).proceed();
        }
    }

    /// The socket whose handler it is.
    public Socket socket() {
        return socket;
    }

    /// The kind of handler.
    public Kind kind() {
        return kind;
    }

    /// The name of the event; `connection`, `disconnecting` or `disconnect` for the other kinds.
    public String event() {
        return event;
    }

    /// The arguments of an event; none for the other kinds.
    public Args args() {
        return args;
    }

    /// Calls the next interceptor, or the handler. Can be called again, for instance to repeat a
    /// transaction.
    ///
    /// @throws Exception that the handler throws
    public void proceed() throws Exception {
        int at = next;
        if (at == interceptors.size()) {
            body.run();
            return;
        }
        next = at + 1;
        try {
            interceptors.get(at).around(this);
        } finally {
            next = at;
        }
    }
}
