package io.natter.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
                    "natter-(?:bom|\\w+):([\\w.-]+)"
                            + "|<artifactId>natter-\\w+</artifactId>\\s*<version>([^$<]+)<");

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
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
        for (var page : List.of("README.md", "docs/guide.md")) {
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
                        .map(module -> "natter-" + Path.of(module).getFileName())
                        .toList();
        var listed =
                found(
                        Pattern.compile("<artifactId>(natter-\\w+)</artifactId>"),
                        bom.substring(bom.indexOf("<dependencyManagement>")));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    }
}
