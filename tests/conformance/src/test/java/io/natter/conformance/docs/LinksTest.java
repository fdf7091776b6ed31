package io.natter.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every link of the project's pages to a file, a picture or a heading of its own leads there.
class LinksTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern LINK =
            Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]*`", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var page : pages()) {
            var found = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (found.find()) {
                var target = found.group(1) == null ? found.group(2) : found.group(1);
                if (!target.matches("[a-z]+:.*")) {
                    var name = ROOT.relativize(page) + " → " + target;
                    tests.add(dynamicTest(name, () -> assertLeadsSomewhere(page, target)));
                }
            }
        }
        assertThat(tests).as("links found").hasSizeGreaterThan(15);
        return tests.stream();
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        for (var folder : List.of("", "docs", "docs/performance", "examples", "bench", "chat/ui")) {
            try (var files = Files.newDirectoryStream(ROOT.resolve(folder), "*.md")) {
                files.forEach(pages::add);
            }
        }
        return pages;
    }

    private static void assertLeadsSomewhere(Path page, String target) throws IOException {
        var parts = target.split("#", 2);
        var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(file).exists();
        if (parts.length == 2) {
            assertThat(headings(file)).contains(parts[1]);
        }
    }

    /// The headings of a page as the anchors that they become.
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
