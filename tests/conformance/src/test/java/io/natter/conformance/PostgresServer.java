package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/// A real PostgreSQL of its own on a free port of this machine, in a folder that goes with it.
final class PostgresServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private final int port;

    PostgresServer() throws Exception {
        folder = Files.createTempDirectory("natter-postgres-");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        if (IS_ROOT) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        runAsOwner(
                "initdb",
                "--pgdata=" + folder.resolve("data"),
                "--username=natter",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--no-instructions");
        start();
    }

    /// Starts it, and waits until it takes connections.
    void start() throws Exception {
        control(
                "start",
                "--log=" + folder.resolve("log"),
                "--options=-p "
                        + port
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                        + " -c fsync=off -c shared_buffers=16MB -c max_connections=60");
        await().atMost(PATIENCE).until(this::takesConnections);
    }

    /// Stops it, and waits until its processes have ended.
    ///
    /// @param mode `fast` closes connections in order; `immediate` is a crash
    void stop(String mode) throws Exception {
        control("stop", "--mode=" + mode);
    }

    private void control(String command, String... more) throws Exception {
        var words = new ArrayList<>(List.of("--pgdata=" + folder.resolve("data"), "--wait"));
        words.addAll(List.of(more));
        words.add(command);
        runAsOwner("pg_ctl", words.toArray(String[]::new));
    }

    private boolean takesConnections() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /// The address as libpq and Node.js write it.
    String url() {
        return "postgresql://natter@127.0.0.1:" + port + "/postgres";
    }

    /// A connection for a test.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=natter");
    }

    /// Opens a connection each time.
    PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        source.setUser("natter");
        return source;
    }

    /// PostgreSQL refuses to run as root.
    private static void runAsOwner(String program, String... words) throws Exception {
        var command = new ArrayList<String>();
        if (IS_ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(program(program));
        command.addAll(List.of(words));
        run(command);
    }

    private static void run(List<String> command) throws Exception {
        var output = Files.createTempFile("natter-postgres-", ".out");
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(Path.of("/").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("%s%n%s", command, Files.readString(output))
                    .isZero();
        } finally {
            Files.delete(output);
        }
    }

    /// Debian keeps the programs of a version in a folder of its own, outside of the path.
    private static String program(String name) throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return name;
        }
        try (var versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .findAny()
                    .map(Path::toString)
                    .orElse(name);
        }
    }

    @Override
    public void close() {
        try {
            stop("immediate");
            run(List.of("rm", "-rf", folder.toString()));
        } catch (Exception e) {
            throw new IllegalStateException("PostgreSQL did not stop", e);
        }
    }
}
