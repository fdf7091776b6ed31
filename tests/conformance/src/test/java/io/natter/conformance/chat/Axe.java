package io.natter.conformance.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// axe-core, which checks a page for barriers that a program can find.
final class Axe {
    private static final String SOURCE = source();

    private static final String RUN =
            """
            async () => {
              const { violations } = await axe.run(document, {
                resultTypes: ['violations'],
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              });
              return violations
                .map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) =>
                  html.slice(0, 200) + ' ' + failureSummary.replace(/\\s+/g, ' ')).join('\\n  '))
                .join('\\n');
            }""";

    private Axe() {}

    private static String source() {
        try {
            return Files.readString(Path.of("clients", "node_modules", "axe-core", "axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException("Run npm ci in tests/conformance/clients first.", e);
        }
    }

    /// Fails with what axe finds. Waits for movements of the page to end: half-transparent text has
    /// too little contrast.
    static void check(Page page, String state) {
        page.evaluate(
                """
                () => Promise.all(document.getAnimations()
                  .filter((a) => a.effect?.getComputedTiming().iterations !== Infinity)
                  .map((a) => a.finished.catch(() => undefined)))
                """);
        page.evaluate("window.axe === undefined && (() => {" + SOURCE + "})()");
        assertThat((String) page.evaluate(RUN)).as(state).isEmpty();
    }
}
