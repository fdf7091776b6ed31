package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplicationAotProcessor;

/// `spring-boot:process-aot` passes and finds what a native image needs.
public final class AotCheck {
    private AotCheck() {}

    /// Processes an application as the plugin does.
    public static void run(Class<?> application) throws Exception {
        var folder = Path.of("target", "aot-check").toAbsolutePath();
        SpringApplicationAotProcessor.main(
                new String[] {
                    application.getName(),
                    folder.resolve("sources").toString(),
                    folder.resolve("resources").toString(),
                    folder.resolve("classes").toString(),
                    "io.natter",
                    "check"
                });
        try (Stream<Path> files = Files.walk(folder.resolve("resources"))) {
            var hints =
                    files.filter(each -> each.endsWith("reachability-metadata.json"))
                            .findFirst()
                            .orElseThrow();
            assertThat(Files.readString(hints))
                    .contains(
                            "com.example.chat.ChatController",
                            "com.example.chat.Message",
                            "com.example.chat.Posted");
        }
    }
}
