package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.ManualStrand;
import io.natter.protocol.EngineMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A server on an in-process host that writes down what its sessions hear.
final class Fixture {
    static final String POLLING = "/engine.io/?EIO=4&transport=polling";
    static final String WEBSOCKET = "/engine.io/?EIO=4&transport=websocket";

    final ManualStrand strand = new ManualStrand();
    final List<EngineSession> sessions = new ArrayList<>();
    final List<ConnectionError> errors = new ArrayList<>();
    final List<LimitExceeded> limits = new ArrayList<>();
    final EngineServer server;
    final InProcessHost host;
    boolean echo;
    private final List<String> heard = new ArrayList<>();

    Fixture() {
        this(options -> options);
    }

    /// Intervals of 300 and 200 ms, as the conformance suites have them, unless `options` says
    /// otherwise.
    Fixture(UnaryOperator<EngineOptions.Builder> options) {
        var builder =
                EngineOptions.builder()
                        .pingInterval(Duration.ofMillis(300))
                        .pingTimeout(Duration.ofMillis(200));
        server = new EngineServer(options.apply(builder).build(), this::listen);
        server.onConnectionError(errors::add).onLimit(limits::add);
        host = new InProcessHost(server, strand);
    }

    /// The session opened last.
    EngineSession session() {
        return sessions.getLast();
    }

    /// The events of the sessions since the last call: `text x`, `binary 0x…`, `upgraded`, `closed
    /// …`.
    List<String> heard() {
        var all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    /// Sends from the server to the session opened last.
    void send(String text) {
        session().send(text(text));
        strand.run();
    }

    static Outgoing text(String text) {
        return Outgoing.of(new EngineMessage.Text(text.getBytes(UTF_8)));
    }

    static Outgoing bytes(int... bytes) {
        return Outgoing.of(new EngineMessage.Binary(array(bytes)));
    }

    static byte[] array(int... bytes) {
        var array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return array;
    }

    /// Opens a session on polling and gives the rest of its requests' target.
    String openPolling() {
        return openPolling(POLLING);
    }

    String openPolling(String target) {
        host.get(target);
        return target + "&sid=" + session().id();
    }

    /// The target of a WebSocket of the session opened last.
    String upgradeTarget() {
        return "/engine.io/?EIO="
                + session().protocol()
                + "&transport=websocket&sid="
                + session().id();
    }

    private EngineListener listen(EngineSession session) {
        sessions.add(session);
        return new EngineListener() {
            @Override
            public void text(byte[] buffer, int from, int to) {
                var copy = Arrays.copyOfRange(buffer, from, to);
                heard.add("text " + new String(copy, UTF_8));
                echo(new EngineMessage.Text(copy));
            }

            @Override
            public void binary(byte[] data) {
                heard.add("binary 0x" + HexFormat.of().formatHex(data));
                echo(new EngineMessage.Binary(data));
            }

            private void echo(EngineMessage frame) {
                if (echo) {
                    session.send(Outgoing.of(frame));
                }
            }

            @Override
            public void upgraded() {
                heard.add("upgraded");
            }

            @Override
            public void closed(CloseReason reason, String detail) {
                heard.add("closed " + reason + ": " + detail);
            }
        };
    }

    /// Null where the types say that there is none, as code without their checks may give it.
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T absent() {
        return (T) null;
    }

    /// The value of a field that the test knows to be set.
    static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("null");
        }
        return value;
    }
}
