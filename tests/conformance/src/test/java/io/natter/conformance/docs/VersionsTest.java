package io.natter.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The version that users copy is that of the build, and the BOM has every published module.
class VersionsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern VERSION =
            Pattern.compile(
                    "natter-[\\w-]+:([\\w.-]+)"
                            + "|<artifactId>natter-[\\w-]+</artifactId>\\s*<version>([^$<]+)<");

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }

    /// The name of a module's artifact: the first after its parent's.
    private static String artifactOf(String module) {
        try {
            var pom = read(module + "/pom.xml");
            var own = pom.substring(pom.indexOf("</parent>"));
            return found(Pattern.compile("<artifactId>([^<]+)</artifactId>"), own).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String versionOf(String pom) throws IOException {
        return Pattern.compile("</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(read(pom))
                .results()
                .findFirst()
                .map((MatchResult first) -> first.group(1))
                .orElseThrow();
    }

    @Test
    void pagesAndBomHaveTheVersionOfTheBuild() throws IOException {
        var version = versionOf("pom.xml");
        assertThat(versionOf("bom/pom.xml")).isEqualTo(version);
        for (var page : List.of("README.md", "docs/guide.md", "docs/spring-boot.md")) {
            assertThat(found(VERSION, read(page))).as(page).isNotEmpty().containsOnly(version);
        }
    }

    @Test
    void theBomHasEveryPublishedModule() throws IOException {
        var root = read("pom.xml");
        var bom = read("bom/pom.xml");
        var published =
                found(
                        Pattern.compile("<module>([^<]+)</module>"),
                        root.substring(0, root.indexOf("<profiles>")));
        var expected =
                published.stream()
                        .filter(module -> !module.equals("bom"))
                        .map(VersionsTest::artifactOf)
                        .toList();
        var listed =
                found(
                        Pattern.compile("<artifactId>(natter-[\\w-]+)</artifactId>"),
                        bom.substring(bom.indexOf("<dependencyManagement>")));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    }
}
