package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.browser.SmallDisk;
import io.natter.chat.Launcher;
import io.natter.chat.store.SqliteStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything that keeps the chat from starting is one line that says what to do. Each is tried
/// with a process, as an administrator meets it.
class StartTest {
    private static final int NOBODY = 65_534;

    @TempDir Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private ProcessRun start(Object... more) throws Exception {
        return ProcessRun.of(words(more));
    }

    private Object[] words(Object... more) {
        List<Object> all = new ArrayList<>(List.of("--port", 0, "--data", data()));
        all.addAll(List.of(more));
        return all.toArray();
    }

    /// Without the rights of root, which may write everywhere.
    private ProcessRun startWithoutRights(Path data) throws Exception {
        return ProcessRun.of(Map.of(), ProcessRun::withoutRights, "--port", 0, "--data", data);
    }

    private void makeData() throws Exception {
        SqliteStore.open(data(), InstantSource.system()).close();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = connection();
                Statement made = connection.createStatement()) {
            made.execute(statement);
        }
    }

    private Connection connection() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + data().resolve("natter.db"));
    }

    // ---- the port

    @Test
    void aPortInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessRun.of("--port", taken.getLocalPort(), "--data", data())
                    .saying(1, "is in use. Stop the program that has it, or choose another");
        }
    }

    // ---- the folder

    @Test
    void aFolderThatThisUserMayNotWrite() throws Exception {
        Files.createDirectory(
                data(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        startWithoutRights(data())
                .saying(1, "Cannot write in the data directory", "Make it writable", "--data");
    }

    @Test
    void aFolderOfAnotherUser() throws Exception {
        Path folder = Path.of("/usr");
        String owner = "root";
        if ("root".equals(System.getProperty("user.name"))) {
            folder = Files.createDirectory(data());
            Files.setAttribute(folder, "unix:uid", NOBODY);
            owner = Files.getOwner(folder).getName();
        }
        startWithoutRights(folder)
                .saying(1, "it belongs to the user " + owner, "Start as " + owner, "--data");
    }

    @Test
    void aFileSystemThatTakesNoWrites() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("disk"));
        Optional<SmallDisk> disk = SmallDisk.readOnly(folder);
        try {
            Path data = disk.isPresent() ? folder : Path.of("/proc/natter");
            ProcessRun.of(
                            Map.of(),
                            command -> disk.map(d -> d.command(command)).orElse(command),
                            "--port",
                            0,
                            "--data",
                            data)
                    .saying(1, "the data directory", disk.isPresent() ? "read-only" : "--data");
        } finally {
            disk.ifPresent(SmallDisk::close);
        }
    }

    @Test
    void aFolderThatAnotherNatterUses() throws Exception {
        try (RunningChat chat = RunningChat.start(data())) {
            assertThat(chat.port()).isPositive();
            start().saying(1, "Another Natter is using the data directory", "--data");
        }
    }

    // ---- the database

    @Test
    void aDatabaseThatAnotherProgramHasLocked() throws Exception {
        makeData();
        try (Connection other = connection();
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
            statement.execute("UPDATE meta SET value = value");
            start().saying(1, "Another program holds the database locked. End it");
        }
    }

    @Test
    void aDatabaseThatIsDamaged() throws Exception {
        makeData();
        Path database = data().resolve("natter.db");
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.seek(100); // the page with the schema
            file.write(new byte[3000]);
        }
        byte[] damaged = Files.readAllBytes(database);
        start().saying(1, "The file is damaged", "doctor", "restore");
        assertThat(database).hasBinaryContent(damaged);
    }

    @Test
    void aFileThatIsNoDatabase() throws Exception {
        Files.createDirectory(data());
        Files.writeString(data().resolve("natter.db"), "a text ".repeat(500));
        start().saying(1, "The file is damaged", "restore");
    }

    @Test
    void aDatabaseOfANewerNatter() throws Exception {
        makeData();
        sql(
                """
                INSERT INTO flyway_schema_history
                SELECT 99, '99', description, type, script, checksum, installed_by, installed_on,
                    execution_time, success
                FROM flyway_schema_history WHERE version = '1'
                """);
        start().saying(1, "was written by a newer Natter. Start that one, or restore a backup");
    }

    // ---- the settings

    @Test
    void aWrongSettingOnTheCommandLine() throws Exception {
        start("--slow-log", "soon").saying(2, "--slow-log is a number of milliseconds, not soon.");
    }

    @Test
    void aWrongSettingInTheEnvironment() throws Exception {
        ProcessRun.of(Map.of("NATTER_ORIGIN", "chat"), command -> command, words())
                .saying(2, "The environment variable NATTER_ORIGIN looks like https://");
    }

    @ParameterizedTest
    @CsvSource({
        "prot = 80, 'line 2: there is no setting prot, did you mean port'",
        "port = 80a, 'line 2: port is a number from 0 to 65535, not 80a.'",
        "base-path = chat, 'line 2: base-path looks like /chat; not chat.'",
    })
    void aWrongLineOfTheFile(String line, String said) throws Exception {
        Path file = Files.writeString(directory.resolve("c.properties"), "# mine\n" + line + "\n");
        ProcessRun.of("--config", file).saying(2, file + ", " + said);
    }

    @Test
    void aFileOfSettingsThatIsNotThere() throws Exception {
        start("--config", directory.resolve("none"))
                .saying(2, "There is no file", "--config or NATTER_CONFIG names");
    }

    @Test
    void aCertificateOfAnotherKey() throws Exception {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        TestCertificate.make(directory, "one").writeCertificate(certificate);
        TestCertificate.make(directory, "other").writeKey(key);
        start("--tls-cert", certificate, "--tls-key", key)
                .saying(2, "--tls-cert", "do not belong together", "issued for this key");
    }

    // ---- the machine

    /// With each older Java of this machine.
    @Test
    void aJavaThatIsTooOld() throws Exception {
        assertThat(List.of("1.8", "11", "17", "24")).allMatch(Launcher::isTooOld);
        assertThat(List.of("25", "26")).noneMatch(Launcher::isTooOld);
        try (var in = StartTest.class.getResourceAsStream("/io/natter/chat/Launcher.class")) {
            byte[] head = in == null ? new byte[8] : in.readNBytes(8);
            assertThat((int) head[7]).as("the class version of Java 8").isEqualTo(52);
        }
        for (Path java : olderJavas()) {
            List<String> command = new ArrayList<>(List.of(java.toString(), "-cp"));
            command.addAll(
                    List.of(System.getProperty("java.class.path"), Launcher.class.getName()));
            ProcessRun.of(Map.of(), command)
                    .saying(1, "Natter needs Java 25 or later, and this is Java ", "Install");
        }
    }

    private static List<Path> olderJavas() throws IOException {
        Path place = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(
                            home -> home.getFileName().toString().matches(".*\\b(8|11|17|21)\\b.*"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .toList();
        }
    }

    @Test
    void theLauncherStartsTheChat() throws Exception {
        List<String> command = ProcessRun.java(Launcher.class);
        command.add("--version");
        assertThat(ProcessRun.of(Map.of(), command).out()).startsWith("Natter ");
    }

    @Test
    void aClockThatWasNeverSet() throws Exception {
        List<String> command = ProcessRun.java(UnsetClock.class);
        command.addAll(List.of("--port", "0", "--data", data().toString()));
        ProcessRun.of(Map.of(), command)
                .saying(1, "The clock of this machine says 1970-01-02. Set it, for example with");
        assertThat(data()).doesNotExist();
    }

    /// The chat on a machine that has just lost its time.
    static final class UnsetClock {
        private UnsetClock() {}

        public static void main(String[] arguments) {
            InstantSource clock = InstantSource.fixed(Instant.parse("1970-01-02T00:00:00Z"));
            System.exit(ChatMain.command(Map.of(), clock).execute(arguments));
        }
    }
}
