package io.natter.snippets;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every Java snippet of the README and of the pages for users compiles. Those that begin with an
/// import are whole files, and those that begin with an annotation are members of a class. The
/// others are put into a method that has a server `io` and a socket `socket`.
class SnippetsTest {
    private static final Path ROOT = Path.of("../..");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /// It keeps the jars of the class path open for all snippets.
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, null);

    /// Its snippets leave parts out.
    private static final String OF_AUTHORS_OF_HOSTS = "docs/hosts.md";

    /// Also in a list, where it is indented.
    private static final Pattern SNIPPET =
            Pattern.compile("^( *)```java\\R(.*?)^\\1```", Pattern.DOTALL | Pattern.MULTILINE);

    private static String around(String snippet) throws IOException {
        boolean isMember = snippet.startsWith("@");
        return Files.readString(Path.of("src/test/resources/Snippet.java.txt"))
                .replace("MEMBERS", isMember ? snippet : "")
                .replace("STATEMENTS", isMember ? "" : snippet);
    }

    private record Snippet(String page, long line, String code) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            files.filter(each -> each.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private static List<Snippet> snippets() throws IOException {
        var snippets = new ArrayList<Snippet>();
        for (var file : pages()) {
            var page = ROOT.relativize(file).toString();
            var text = Files.readString(file);
            SNIPPET.matcher(text)
                    .results()
                    .filter(found -> !page.equals(OF_AUTHORS_OF_HOSTS))
                    .map(
                            found ->
                                    new Snippet(
                                            page,
                                            text.substring(0, found.start()).lines().count() + 1,
                                            found.group(2).stripTrailing().stripIndent()))
                    .forEach(snippets::add);
        }
        return snippets;
    }

    @TempDir Path classes;

    @Test
    void thePagesOfEachKindHaveSnippets() throws IOException {
        assertThat(snippets().stream().map(Snippet::page).distinct())
                .contains(
                        "README.md",
                        "docs/guide.md",
                        "docs/spring-boot.md",
                        "docs/servlet.md",
                        "docs/metrics.md",
                        "docs/webtransport.md");
    }

    @TestFactory
    Stream<DynamicTest> everySnippetCompiles() throws IOException {
        return snippets().stream()
                .map(each -> dynamicTest(each.toString(), () -> assertCompiles(each.code())));
    }

    private void assertCompiles(String snippet) throws IOException {
        var source = snippet.startsWith("import ") ? snippet : around(snippet);
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
        var said = new StringWriter();
        var task =
                COMPILER.getTask(
                        said,
                        FILES,
                        null,
                        List.of("-proc:none"),
                        null,
                        List.of(new Source(source)));
        assertThat(task.call()).as("%s%n%s", said, numbered(source)).isTrue();
    }

    private static String numbered(String source) {
        var lines = source.lines().toList();
        return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .map(i -> i + 1 + "\t" + lines.get(i))
                .collect(joining("\n"));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
