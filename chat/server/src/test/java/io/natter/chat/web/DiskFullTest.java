package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.browser.SmallDisk;
import io.natter.browser.SmallDisk.Kind;
import io.natter.chat.store.CheckpointVictim;
import io.natter.chat.store.OldDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// A disk that is really full, below a chat in a process of its own. Where the machine mounts none,
/// the size of files is limited, and only the first two tests run; `TroubleTest` gives the database
/// too little space on every machine.
class DiskFullTest {
    /// Files leave 64 MiB to messages.
    private static final int LARGE = 96;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LONG = "x".repeat(7000);

    @TempDir Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path folder; // the place of the disk, made before each test

    static List<Kind> kinds() throws IOException {
        return SmallDisk.kinds();
    }

    /// Those on which a program that starts finds the disk full.
    static List<Kind> mounted() throws IOException {
        return SmallDisk.kinds().stream().filter(kind -> kind == Kind.MOUNTED).toList();
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("disk"));
    }

    @AfterEach
    void close() {
        http.close();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private HttpResponse<String> get(RunningChat chat, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(chat.address() + path)).build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(RunningChat chat, String path, String cookie) {
        return HttpRequest.newBuilder(URI.create(chat.address() + path))
                .header("Cookie", cookie)
                .header("X-Natter", "1");
    }

    private HttpResponse<String> begin(RunningChat chat, String cookie, String token, long size)
            throws Exception {
        String json = "{\"token\":\"%s\",\"name\":\"a.bin\",\"size\":%d}".formatted(token, size);
        return http.send(
                request(chat, "/api/files", cookie)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> append(
            RunningChat chat, String cookie, String id, long offset, byte[] part) throws Exception {
        return http.send(
                request(chat, "/api/files/" + id, cookie)
                        .header("Upload-Offset", Long.toString(offset))
                        .method("PATCH", BodyPublishers.ofByteArray(part))
                        .build(),
                BodyHandlers.ofString());
    }

    /// The texts of the general room by the ids that their senders gave.
    private static Map<String, String> history(TestClient reader) {
        Map<String, String> texts = new TreeMap<>();
        JsonNode page = reader.ask("history", "{\"room\":\"general\",\"limit\":50}");
        page.at("/messages")
                .forEach(
                        each ->
                                assertThat(
                                                texts.put(
                                                        each.at("/cmid").asString(),
                                                        each.at("/text").asString()))
                                        .as("stored twice")
                                        .isNull());
        return texts;
    }

    private static void send(
            TestClient sender, String prefix, int count, Map<String, String> done) {
        for (int i = 0; i < count; i++) {
            String text = prefix + i + " " + LONG;
            if (sender.say(prefix + i, text).has("ok")) {
                done.put(prefix + i, text);
            }
        }
    }

    private static JsonNode refused(TestClient sender, Map<String, String> answered) {
        for (int i = 0; i < 10; i++) {
            JsonNode answer = sender.say("refused" + i, LONG);
            if (answer.has("err")) {
                return answer.at("/err");
            }
            answered.put("refused" + i, LONG);
        }
        throw new AssertionError("a full disk takes everything");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingAnsweredIsLostAndTheChatHealsByItself(Kind kind) throws Exception {
        boolean mounted = kind == Kind.MOUNTED;
        String code = mounted ? "disk_full" : "disk_error";
        Map<String, String> answered = new ConcurrentHashMap<>();
        try (SmallDisk disk = SmallDisk.make(kind, folder, LARGE)) {
            try (RunningChat chat = RunningChat.start(disk, data());
                    TestClient ann = chat.greeted("Ann");
                    TestClient bob = chat.greeted("Bob");
                    TestClient carl = chat.greeted("Carl")) {
                String cookie = chat.guest("Dora");
                send(ann, "a", 5, answered);
                assertThat(answered).hasSize(5);
                var writing = CompletableFuture.runAsync(() -> send(bob, "b", 9, answered));
                disk.fill(chat.pid());
                writing.join();

                JsonNode refusal = refused(carl, answered);
                assertThat(refusal.at("/code").asString()).isEqualTo("storage");
                assertThat(refusal.at("/message").asString())
                        .contains(mounted ? "disk of the server is full" : "cannot store");
                await().atMost(PATIENCE).until(() -> get(chat, "/readyz").statusCode() == 503);
                assertThat(get(chat, "/readyz").body())
                        .isEqualTo(
                                mounted
                                        ? "not ready: disk_full\nThe disk is full: writes are refused"
                                                + " until there is room.\n"
                                        : "not ready: disk_error\nThe disk reports errors.\n");
                assertThat(ann.next("store").at("/trouble").asString()).isEqualTo(code);
                assertThat(ann.hello().at("/trouble").asString()).isEqualTo(code);
                assertThat(history(ann)).as("reading goes on").containsAllEntriesOf(answered);
                var upload = begin(chat, cookie, "t", 1000);
                assertThat(ServerTest.code(upload)).isIn("disk_full", "storage");

                disk.free(chat.pid());
                await().atMost(PATIENCE).until(() -> get(chat, "/readyz").statusCode() == 200);
                await().atMost(PATIENCE).until(() -> !ann.next("store").has("trouble"));
                assertThat(ann.say("later", "after it").has("ok")).isTrue();
                answered.put("later", "after it");
                assertThat(begin(chat, cookie, "t", 1000).statusCode()).isEqualTo(200);
                assertThat(history(ann)).isEqualTo(answered);
            }
            try (RunningChat chat = RunningChat.start(disk, data());
                    TestClient eve = chat.greeted("Eve")) {
                assertThat(history(eve)).as("after kill -9").isEqualTo(answered);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anUploadThatFillsTheDiskGoesOnWhenThereIsSpace(Kind kind) throws Exception {
        byte[] content = new byte[600_000];
        new Random(1).nextBytes(content);
        int part = 200_000;
        try (SmallDisk disk = SmallDisk.make(kind, folder, LARGE);
                RunningChat chat = RunningChat.start(disk, data())) {
            String cookie = chat.guest("Ann");
            String id =
                    ServerTest.json(begin(chat, cookie, "t", content.length)).at("/id").asString();
            assertThat(append(chat, cookie, id, 0, Arrays.copyOf(content, part)).statusCode())
                    .isEqualTo(200);
            disk.fill(chat.pid());
            byte[] second = Arrays.copyOfRange(content, part, 2 * part);
            var refused = append(chat, cookie, id, part, second);
            assertThat(ServerTest.code(refused)).isIn("disk_full", "storage");
            disk.free(chat.pid());
            var state =
                    http.send(
                            request(chat, "/api/files/" + id, cookie).GET().build(),
                            BodyHandlers.ofString());
            assertThat(ServerTest.json(state).at("/offset").asInt()).isEqualTo(part);
            append(chat, cookie, id, part, second);
            var done =
                    append(
                            chat,
                            cookie,
                            id,
                            2L * part,
                            Arrays.copyOfRange(content, 2 * part, content.length));
            assertThat(ServerTest.json(done).at("/file/id").asString()).isEqualTo(id);
            var stored =
                    http.send(
                            request(chat, "/files/" + id, cookie).GET().build(),
                            BodyHandlers.ofByteArray());
            assertThat(stored.body()).isEqualTo(content);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("mounted")
    void aBackupOntoAFullDiskSaysSoAndLeavesNothing(Kind kind) throws Exception {
        Path elsewhere = directory.resolve("data");
        try (RunningChat chat = RunningChat.start(elsewhere);
                TestClient ann = chat.greeted("Ann")) {
            assertThat(ann.say("c", "hi").has("ok")).isTrue();
        }
        try (SmallDisk disk = SmallDisk.make(kind, folder, 4)) {
            disk.fillExcept(100_000);
            Path target = folder.resolve("chat.zip");
            ProcessRun full = ProcessRun.on(disk, "backup", target, "--data", elsewhere);
            full.saying(1, "The disk is full. A backup to " + folder, "Free some space");
            assertThat(names(disk)).containsExactly("filler");
            disk.free(0);
            ProcessRun done = ProcessRun.on(disk, "backup", target, "--data", elsewhere);
            assertThat(done.err()).isEmpty();
            assertThat(done.code()).isZero();
            assertThat(names(disk)).containsExactly("chat.zip");
        }
    }

    private static Set<String> names(SmallDisk disk) throws IOException {
        try (Stream<Path> files = Files.list(disk.seen(""))) {
            return Set.copyOf(files.map(file -> String.valueOf(file.getFileName())).toList());
        }
    }

    /// Each start finds more space: first too little for the copy, then too little for the new
    /// tables.
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("mounted")
    void anUpdateWithoutSpaceChangesNothingAndWorksLater(Kind kind) throws Exception {
        OldDatabase.write(directory, 2);
        try (SmallDisk disk = SmallDisk.make(kind, folder, 16)) {
            Files.createDirectory(disk.seen("data"));
            Files.copy(directory.resolve("natter.db"), disk.seen("data/natter.db"));
            List<String> reasons = new ArrayList<>();
            // The port is asked for when the database is open. So each start ends.
            try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                for (long space = 0; space < 2_000_000; space += 100_000) {
                    disk.fillExcept(space);
                    var start =
                            ProcessRun.on(disk, "--port", taken.getLocalPort(), "--data", data());
                    if (start.err().contains("is in use")) {
                        break;
                    }
                    reasons.add(start.saying(1, "Free some space").err());
                    disk.free(0);
                }
            }
            assertThat(reasons).anyMatch(reason -> reason.contains("no space for the copy"));
            disk.free(0);
            try (RunningChat chat = RunningChat.start(disk, data());
                    TestClient reader = chat.greeted("Reader")) {
                assertThat(history(reader)).hasSize(30);
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("mounted")
    void aLogThatCannotBeMovedIntoTheDatabaseIsKept(Kind kind) throws Exception {
        try (SmallDisk disk = SmallDisk.make(kind, folder, 24)) {
            List<String> command = ProcessRun.java(CheckpointVictim.class);
            command.add(data().toString());
            ProcessRun run = ProcessRun.of(Map.of(), disk.command(command));
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("the log was kept", "all is there");
        }
    }
}
