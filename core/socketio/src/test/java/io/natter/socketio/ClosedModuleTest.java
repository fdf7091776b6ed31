package io.natter.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.inprocess.InProcessHost;
import io.natter.protocol.Payload;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types of the application that the JSON library cannot make, whatever the client sends.
final class ClosedModuleTest {
    private final List<HandlerError> errors = new ArrayList<>();
    private final JsonMapping mapping = new JacksonMapping();

    @TempDir Path folder;

    /// A record in a module of its own that opens nothing.
    private Class<?> closed() throws Exception {
        Path module = Files.createDirectories(folder.resolve("src/app"));
        Path info = folder.resolve("src/module-info.java");
        Files.writeString(info, "module app { exports app; }");
        Path type = module.resolve("Msg.java");
        Files.writeString(type, "package app; record Msg(String text, int number) {}");
        Path maker = module.resolve("Maker.java");
        Files.writeString(
                maker,
                "package app; public class Maker {"
                        + " public static Object make() { return new Msg(\"hi\", 1); } }");
        Path out = folder.resolve("out");
        int failed =
                ToolProvider.findFirst("javac")
                        .orElseThrow()
                        .run(
                                System.out,
                                System.err,
                                "-d",
                                out.toString(),
                                info.toString(),
                                type.toString(),
                                maker.toString());
        assertThat(failed).isZero();
        var boot = ModuleLayer.boot();
        var found =
                boot.configuration()
                        .resolve(ModuleFinder.of(out), ModuleFinder.of(), Set.of("app"));
        return boot.defineModulesWithOneLoader(found, getClass().getClassLoader())
                .findLoader("app")
                .loadClass("app.Msg");
    }

    /// Has nothing to be made by.
    interface Shape {}

    @Test
    void aTypeOfAModuleThatIsNotOpenIsAServerErrorThatSaysWhatToOpen() throws Exception {
        Class<?> type = closed();
        var io = SocketTest.server(SocketIoOptions.builder());
        io.onError(errors::add);
        io.onConnection(socket -> socket.on("m", type, (_, ack) -> ack.send("never")));
        var client = Wire.Kind.WEBSOCKET.open(new InProcessHost(io)).join();
        client.send("21[\"m\",{\"text\":\"hi\",\"number\":1}]");
        assertThat(client.received()).containsExactly("31[{\"error\":\"internal error\"}]");
        assertThat(errors)
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.kind()).isEqualTo(HandlerError.Kind.HANDLER);
                            assertThat(error.cause())
                                    .hasMessageContaining("app.Msg cannot be read from JSON")
                                    .hasMessageContaining("opens")
                                    .hasMessageContaining("to tools.jackson.databind")
                                    .hasCauseInstanceOf(Exception.class);
                        });
    }

    @Test
    void writingOneSaysWhatHelps() throws Exception {
        Object closed =
                closed().getClassLoader().loadClass("app.Maker").getMethod("make").invoke(null);
        assertThatThrownBy(() -> mapping.write(closed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot be written as JSON: ")
                .hasMessageContaining("to tools.jackson.databind");
    }

    @Test
    void aTypeThatCannotBeMadeIsAServerError() {
        var io = SocketTest.server(SocketIoOptions.builder());
        io.onError(errors::add);
        io.onConnection(socket -> socket.on("m", Shape.class, (_, ack) -> ack.send("never")));
        var client = Wire.Kind.WEBSOCKET.open(new InProcessHost(io)).join();
        client.send("21[\"m\",{}]");
        assertThat(client.received()).containsExactly("31[{\"error\":\"internal error\"}]");
        assertThat(errors)
                .extracting(HandlerError::kind)
                .containsExactly(HandlerError.Kind.HANDLER);
        assertThat(errors.getFirst().cause())
                .hasMessageContaining("Shape cannot be read from JSON");
    }

    record Fits(int number) {}

    @Test
    void aPayloadThatDoesNotFitIsAClientError() {
        byte[] json = "{\"number\":\"x\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> mapping.read(Payload.of(json), Fits.class))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("does not fit io.natter.socketio.ClosedModuleTest$Fits: ");
    }
}
