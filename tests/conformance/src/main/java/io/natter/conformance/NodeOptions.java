package io.natter.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.natter.engine.AllowRequest;
import io.natter.engine.CookieOptions;
import io.natter.engine.EngineOptionsBuilder;
import io.natter.engine.TransportName;
import io.natter.host.UpgradeExchange.Deflate;
import io.natter.protocol.EngineMessage;
import io.natter.protocol.Parsers;
import io.natter.socketio.ConnectionStateRecovery;
import io.natter.socketio.SocketIoOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Options in the words of npm `socket.io`. Where Node.js takes a function, a word stands for it:
/// `allowRequest` is `"deny"` or the message of a refusal, `parser` is `"msgpack"`.
final class NodeOptions {
    private NodeOptions() {}

    /// Reads an object of options.
    ///
    /// @throws IllegalArgumentException names an option that is not known or makes no sense
    static SocketIoOptions read(String json) {
        var options = SocketIoOptions.builder();
        for (var option : JsonMapper.shared().readTree(json).properties()) {
            set(options, option.getKey(), option.getValue());
        }
        return options.build();
    }

    private static void set(SocketIoOptions.Builder options, String name, JsonNode value) {
        switch (name) {
            case "serveClient" -> options.serveClient(value.asBoolean());
            case "connectTimeout" -> options.connectTimeout(millis(value));
            case "connectionStateRecovery" -> {
                if (given(value)) {
                    options.connectionStateRecovery(recovery(value));
                }
            }
            case "cleanupEmptyChildNamespaces" ->
                    options.cleanupEmptyChildNamespaces(value.asBoolean());
            case "parser" -> {
                if (!value.asString().equals("msgpack")) {
                    throw unknown("parser", value);
                }
                options.parser(Parsers.messagePack());
            }
            default -> setEngine(options, name, value);
        }
    }

    private static void setEngine(EngineOptionsBuilder<?> engine, String name, JsonNode value) {
        switch (name) {
            case "path" -> engine.path(value.asString());
            case "addTrailingSlash" -> engine.addTrailingSlash(value.asBoolean());
            case "pingInterval" -> engine.pingInterval(millis(value));
            case "pingTimeout" -> engine.pingTimeout(millis(value));
            case "upgradeTimeout" -> engine.upgradeTimeout(millis(value));
            case "maxHttpBufferSize" -> engine.maxHttpBufferSize(value.asInt());
            case "transports" ->
                    engine.transports(
                            value.valueStream()
                                    .map(NodeOptions::transport)
                                    .toArray(TransportName[]::new));
            case "allowUpgrades" -> engine.allowUpgrades(value.asBoolean());
            case "perMessageDeflate" -> engine.perMessageDeflate(deflate(value));
            case "httpCompression" ->
                    // Node.js has its default of 1024 only where the option is not given at all.
                    engine.httpCompressionThreshold(
                            given(value) ? value.path("threshold").asInt(0) : -1);
            case "cors" -> {
                if (given(value)) {
                    engine.cors(NodeCors.read(value));
                }
            }
            case "cookie" -> {
                if (given(value)) {
                    engine.cookie(cookie(value));
                }
            }
            case "allowEIO3" -> engine.allowEio3(value.asBoolean());
            case "allowRequest" -> engine.allowRequest(allowRequest(value.asString()));
            case "initialPacket" ->
                    engine.initialPacket(new EngineMessage.Text(value.asString().getBytes(UTF_8)));
            default -> throw new IllegalArgumentException("there is no option " + name);
        }
    }

    /// Whether an option that may be `false` is on.
    private static boolean given(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    private static Duration millis(JsonNode value) {
        return Duration.ofNanos(MILLISECONDS.toNanos(value.asLong()));
    }

    private static IllegalArgumentException unknown(String option, JsonNode value) {
        return new IllegalArgumentException("there is no " + option + " " + value);
    }

    private static ConnectionStateRecovery recovery(JsonNode value) {
        var by = ConnectionStateRecovery.DEFAULT;
        var duration = value.path("maxDisconnectionDuration");
        return new ConnectionStateRecovery(
                duration.isMissingNode() ? by.maxDisconnectionDuration() : millis(duration),
                value.path("skipMiddlewares").asBoolean(by.skipMiddlewares()),
                by.maxBytes());
    }

    private static TransportName transport(JsonNode value) {
        for (TransportName name : TransportName.values()) {
            if (name.toString().equals(value.asString())) {
                return name;
            }
        }
        throw unknown("transport", value);
    }

    private static @Nullable Deflate deflate(JsonNode value) {
        return given(value) ? new Deflate(value.path("threshold").asInt(1024)) : null;
    }

    private static CookieOptions cookie(JsonNode value) {
        var by = CookieOptions.DEFAULT;
        var maxAge = value.path("maxAge");
        return new CookieOptions(
                value.path("name").asString(by.name()),
                value.path("path").asString(by.path()),
                value.path("domain").asString(by.domain()),
                value.path("httpOnly").asBoolean(by.httpOnly()),
                value.path("secure").asBoolean(by.secure()),
                sameSite(value.path("sameSite")),
                maxAge.isMissingNode() ? by.maxAge() : Duration.ofSeconds(maxAge.asLong()));
    }

    private static @Nullable String sameSite(JsonNode value) {
        if (value.isMissingNode()) {
            return CookieOptions.DEFAULT.sameSite();
        }
        return switch (value.asString()) {
            case "strict", "true" -> "Strict";
            case "lax" -> "Lax";
            case "none" -> "None";
            case "false" -> null;
            default -> throw unknown("sameSite", value);
        };
    }

    private static AllowRequest allowRequest(String word) {
        return _ -> word.equals("deny") ? AllowRequest.deny() : AllowRequest.deny(word);
    }
}
