package io.natter.conformance;

import io.natter.engine.EngineServer;
import io.natter.host.Endpoint;
import io.natter.socketio.SocketIoServer;

/// The modes of a conformance server.
public enum Mode {
    /// Engine.IO alone, echoing; for the protocol's own suite.
    ENGINE("engine"),
    /// For the suite of the Socket.IO protocol.
    SOCKETIO("socketio"),
    /// For the suite of npm `socket.io-client`.
    CLIENT("client"),
    /// For the suite of npm `engine.io-client`.
    ENGINE_CLIENT("engine-client"),
    /// For the suite of the Java client.
    JAVA_CLIENT("java-client"),
    /// A server with default options, or with those that are given.
    PLAIN("plain");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    /// A server of this mode, for a host to carry.
    public Endpoint endpoint(Settings settings) {
        return switch (this) {
            case ENGINE -> EngineMode.endpoint(settings.eio3());
            case SOCKETIO -> SocketIoMode.endpoint();
            case CLIENT -> ClientMode.endpoint();
            case ENGINE_CLIENT -> EngineClientMode.endpoint();
            case JAVA_CLIENT -> JavaClientMode.endpoint();
            case PLAIN -> PlainMode.endpoint(settings.optionsJson());
        };
    }

    /// The Engine.IO server of a mode's endpoint.
    static EngineServer engine(Endpoint endpoint) {
        return switch (endpoint) {
            case EngineServer engine -> engine;
            case SocketIoServer io -> io.engine();
            default -> throw new IllegalArgumentException("of no mode: " + endpoint);
        };
    }

    /// The name on the command line.
    @Override
    public String toString() {
        return text;
    }

    /// The options of some modes.
    ///
    /// @param eio3 for [#ENGINE]: whether clients of Engine.IO 3 are served
    /// @param optionsJson for [#PLAIN]: an object of options by the names of npm `socket.io`
    public record Settings(boolean eio3, String optionsJson) {
        /// No options.
        public static final Settings NONE = new Settings(false, "{}");
    }
}
