package io.natter.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules of CONTRIBUTING.md for the language of pages and comments, as far as a program can
/// check them.
class PlainWordsTest {
    private static final Path ROOT = Path.of("../..");
    private static final int LONGEST_LINE = 120;

    /// Lines that cannot be wrapped: rows of tables, and lines of HTML.
    private static final Pattern NOT_WRAPPED = Pattern.compile("\\|.*|\\s*<.*");

    private static final Pattern START =
            Pattern.compile("(?:^|[.!?|] |^[-*] )(Who|What|Whoever|Nobody|Such)\\b");
    private static final Pattern COMMENT = Pattern.compile("\\s*(?:///?|/\\*\\*?|\\*) ?(.*)");

    @Test
    void linesOfPagesHaveAtMost120Characters() throws IOException {
        var tooLong = new ArrayList<String>();
        for (var page : pages()) {
            boolean code = false;
            int number = 0;
            for (var line : Files.readAllLines(page)) {
                number++;
                code ^= line.startsWith("```");
                int length = line.codePointCount(0, line.length());
                if (!code && length > LONGEST_LINE && !NOT_WRAPPED.matcher(line).matches()) {
                    tooLong.add(ROOT.relativize(page) + ":" + number);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void linesOfScriptsHaveAtMost120Characters() throws IOException {
        var tooLong = new ArrayList<String>();
        for (var script : scripts()) {
            int number = 0;
            for (var line : Files.readAllLines(script)) {
                number++;
                if (line.codePointCount(0, line.length()) > LONGEST_LINE) {
                    tooLong.add(ROOT.relativize(script) + ":" + number);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noSentenceOfAPageStartsWithWhoWhatWhoeverNobodyOrSuch() throws IOException {
        var found = new ArrayList<String>();
        for (var page : pages()) {
            boolean code = false;
            for (var line : Files.readAllLines(page)) {
                code ^= line.startsWith("```");
                if (!code && START.matcher(line).find()) {
                    found.add(ROOT.relativize(page) + ": " + line);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noSentenceOfACommentStartsWithThemEither() throws IOException {
        var found = new ArrayList<String>();
        for (var source : sources()) {
            for (var line : Files.readAllLines(source)) {
                var comment = COMMENT.matcher(line);
                if (comment.matches() && START.matcher(comment.group(1)).find()) {
                    found.add(ROOT.relativize(source) + ": " + line.strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        for (var folder : List.of("", "docs", "docs/performance", "examples", "bench", "chat/ui")) {
            try (var files = Files.newDirectoryStream(ROOT.resolve(folder), "*.md")) {
                files.forEach(pages::add);
            }
        }
        assertThat(pages).hasSizeGreaterThan(20);
        return pages;
    }

    private static List<Path> scripts() throws IOException {
        var scripts = new ArrayList<Path>();
        for (var folder : List.of("bench", "bin", "tests", "core", "extensions", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(Files::isRegularFile)
                        .filter(PlainWordsTest::isScript)
                        .forEach(scripts::add);
            }
        }
        assertThat(scripts).hasSizeGreaterThan(100);
        return scripts;
    }

    private static boolean isScript(Path file) {
        var path = file.toString();
        return isOurs(path)
                && (path.matches(".*\\.(mjs|c|h|sh|yml)") || path.matches(".*/bin/[a-z]+"));
    }

    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        for (var folder : List.of("core", "hosts", "extensions", "chat", "tests", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(PlainWordsTest::isSource).forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(500);
        return sources;
    }

    private static boolean isSource(Path file) {
        var path = file.toString();
        return path.matches(".*\\.(java|tsx?|mjs)") && isOurs(path);
    }

    /// Whether it was written, and not made or fetched.
    private static boolean isOurs(String path) {
        return !path.contains("node_modules")
                && !path.contains("/target/")
                && !path.contains("/dist/");
    }
}
