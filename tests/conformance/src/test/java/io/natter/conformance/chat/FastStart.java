package io.natter.conformance.chat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command with which tests start the chat. Hundreds of tests start it, and an AOT cache halves
/// what a start costs. The first start of this JVM makes the cache.
///
/// The JVM makes a cache for jars only. `mvn verify` puts the jars of the modules on the class
/// path, `mvn test` their folders. With folders the chat starts without a cache.
final class FastStart {
    private static final String MAIN = "io.natter.chat.web.ChatMain";

    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    // A cache that does not fit costs time only.
                    "-Xlog:aot=off",
                    "-Xlog:cds=off");

    private FastStart() {}

    private static final class Holder {
        static final Optional<Path> CACHE = hasJarsOnly() ? make() : Optional.empty();
    }

    /// The command, to which the options of the chat are added.
    static List<String> command() {
        return Holder.CACHE.map(cache -> words("-XX:AOTCache=" + cache)).orElseGet(() -> words());
    }

    private static List<String> words(String... more) {
        var java = ProcessHandle.current().info().command().orElse("java");
        var words = new ArrayList<>(List.of(java));
        words.addAll(FLAGS);
        words.addAll(List.of(more));
        words.addAll(List.of("-cp", classPath(), MAIN));
        return words;
    }

    /// The class path without the folders of the tests, which the chat does not need.
    private static String classPath() {
        var own = Path.of("target").toAbsolutePath();
        return paths(System.getProperty("java.class.path"))
                .filter(path -> !Path.of(path).toAbsolutePath().startsWith(own))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean hasJarsOnly() {
        return paths(classPath()).allMatch(path -> path.endsWith(".jar"));
    }

    private static Stream<String> paths(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, 0));
    }

    /// Runs the chat once, opens its page, and stops it. The JVM writes the cache when it exits.
    private static Optional<Path> make() {
        try {
            var folder = Files.createDirectories(Path.of("target", "fast-start"));
            var name = String.valueOf(ProcessHandle.current().pid());
            var cache = folder.resolve(name + ".aot").toAbsolutePath();
            cache.toFile().deleteOnExit();
            var command = words("-XX:AOTCacheOutput=" + cache);
            command.addAll(List.of("--port", "0", "--data", folder.resolve(name).toString()));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var output = process.inputReader()) {
                var address =
                        output.lines()
                                .filter(line -> line.startsWith(ChatProcess.READY))
                                .findFirst()
                                .map(line -> line.substring(ChatProcess.READY.length()));
                if (address.isPresent()) {
                    URI.create(address.get()).toURL().openStream().close();
                }
                process.toHandle()
                        .destroy(); // unlike that of the process, it leaves the output open
                output.lines().forEach(line -> {});
            }
            process.waitFor();
            return Optional.of(cache).filter(Files::exists);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the cache was made", e);
        }
    }
}
