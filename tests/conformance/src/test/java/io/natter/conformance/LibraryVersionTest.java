package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.cluster.MessageReader;
import io.natter.engine.EngineServer;
import io.natter.host.Endpoint;
import io.natter.netty.NettyHost;
import io.natter.postgres.PostgresAdapter;
import io.natter.protocol.Packet;
import io.natter.redis.RedisAdapter;
import io.natter.socketio.SocketIoServer;
import io.natter.testing.TestClient;
import io.natter.websocket.WebSocketServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The dependencies of an application run on Java 21. `--release` keeps newer methods out.
class LibraryVersionTest {
    private static final int JAVA_21 = 65;

    @ParameterizedTest
    @ValueSource(
            classes = {
                Packet.class,
                Endpoint.class,
                EngineServer.class,
                SocketIoServer.class,
                WebSocketServer.class,
                NettyHost.class,
                TestClient.class,
                MessageReader.class,
                RedisAdapter.class,
                PostgresAdapter.class
            })
    void everyClassFileOfTheModuleIsForJava21(Class<?> ofModule) throws Exception {
        var newer = new ArrayList<String>();
        int files = 0;
        var source = ofModule.getProtectionDomain().getCodeSource().getLocation();
        for (var file : classFiles(source.toURI())) {
            files++;
            if (version(file) != JAVA_21) {
                newer.add(file.toString());
            }
        }
        assertThat(files).isGreaterThan(3);
        assertThat(newer).as("compiled for another version than Java 21").isEmpty();
    }

    private static List<Path> classFiles(URI source) throws IOException {
        var path = Path.of(source);
        // The module's folder in a build of all modules, its jar otherwise. The jar stays open.
        var root = Files.isDirectory(path) ? path : FileSystems.newFileSystem(path).getPath("/");
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static int version(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
