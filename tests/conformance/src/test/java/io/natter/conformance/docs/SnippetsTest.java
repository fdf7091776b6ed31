package io.natter.conformance.docs;

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
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every Java snippet of the README and of the pages for users compiles. Those that begin with an
/// import are whole files. The others are put into a method that has a server `io` and a socket
/// `socket`.
class SnippetsTest {
    private static final Path ROOT = Path.of("../..");
    private static final List<String> PAGES =
            List.of(
                    "README.md",
                    "docs/guide.md",
                    "docs/testing.md",
                    "docs/from-netty-socketio.md",
                    "docs/from-nodejs.md",
                    "docs/operating.md",
                    "docs/scaling.md",
                    "docs/admin-ui.md");
    private static final Pattern SNIPPET = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    private static final String AROUND =
            """
            import io.natter.admin.*;
            import io.natter.cluster.forwarding.*;
            import io.natter.engine.*;
            import io.natter.host.*;
            import io.natter.host.dispatch.*;
            import io.natter.netty.*;
            import io.natter.postgres.*;
            import io.natter.protocol.*;
            import io.natter.redis.*;
            import io.natter.socketio.*;
            import io.natter.socketio.payload.*;
            import io.natter.socketio.presence.*;
            import io.natter.testing.*;
            import io.natter.websocket.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import java.util.regex.*;
            import reactor.core.publisher.Mono;
            import reactor.netty.http.server.HttpServer;

            class Snippet {
                SocketIoServer io;
                Socket socket;

                void snippet() throws Exception {
                        SNIPPET
                }
            }
            """;

    @TempDir Path classes;

    @TestFactory
    Stream<DynamicTest> everySnippetCompiles() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var page : PAGES) {
            var text = Files.readString(ROOT.resolve(page));
            var found = SNIPPET.matcher(text);
            while (found.find()) {
                long line = text.substring(0, found.start()).lines().count() + 1;
                var code = found.group(1);
                tests.add(dynamicTest(page + ":" + line, () -> assertCompiles(code)));
            }
        }
        assertThat(tests).as("snippets found").hasSizeGreaterThan(13);
        return tests.stream();
    }

    private void assertCompiles(String snippet) {
        var source = snippet.startsWith("import ") ? snippet : AROUND.replace("SNIPPET", snippet);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        var options =
                List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        var task = compiler.getTask(said, null, null, options, null, List.of(new Source(source)));
        assertThat(task.call()).as("%s%n%s", said, source).isTrue();
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
