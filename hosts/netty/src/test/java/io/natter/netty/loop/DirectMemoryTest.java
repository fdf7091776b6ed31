package io.natter.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.netty.IoTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A separate JVM runs out of direct memory during a flush, see [DirectMemoryUsedUp].
class DirectMemoryTest {
    @ParameterizedTest
    @EnumSource(
            value = IoTransport.class,
            names = {"EPOLL", "NIO"})
    void aFlushWithoutDirectMemoryLosesOneConnectionAndMixesNoBytes(
            IoTransport transport, @TempDir Path dir) throws Exception {
        var log = dir.resolve("output");
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:MaxDirectMemorySize=32m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DirectMemoryUsedUp.class.getName(),
                                transport.name())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            boolean ended = process.waitFor(90, TimeUnit.SECONDS);
            var output = Files.readString(log);
            assertThat(ended).as(output).isTrue();
            assertThat(output).contains("served as before");
            assertThat(process.exitValue()).as(output).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
