package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.natter.browser.Chromium;

/// A page in German: nothing is left in English, and nothing is wider than its place.
abstract class GermanPageTest extends PageTest {
    static final String GERMAN = "de-DE";

    /// English words that no German text has, and the texts of the English catalogue. Both
    /// catalogues are those of the build. A text with parameters becomes a pattern. A text that is
    /// the same in both languages, or that is also a German one, proves nothing.
    private static final String ENGLISH =
            """
            async () => {
              const shown = [document.body.innerText];
              for (const element of document.querySelectorAll(
                  '[aria-label], [title], [placeholder], [alt]'))
                for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
                  shown.push(element.getAttribute(name) ?? '');
              const lines = [...new Set(shown.flatMap((text) => text.split('\\n')).map((each) => each.trim()))];
              window.english ??= await (async () => {
                const worker = await (await fetch('/sw.js')).text();
                const files = [...new Set(worker.match(/\\/assets\\/(?:first|later)-[\\w-]+\\.js/g))];
                const all = { en: [], de: [] };
                for (const file of files)
                  for (const texts of Object.values(await import(file))) {
                    if (typeof texts !== 'object') continue;
                    const english = texts.lists?.startsWith('en')
                      || (texts.errors && Object.keys(texts.errors).length === 0);
                    all[english ? 'en' : 'de'].push(texts);
                  }
                const call = (text, value) => {
                  try { return String(text(...Array(4).fill(value))); } catch { return ''; }
                };
                const patterns = (value, path, into) => {
                  if (typeof value === 'function') {
                    into.set(path + '/1', call(value, 1).replaceAll('1', '§'));
                    into.set(path + '/n', call(value, '§').replaceAll('NaN', '§'));
                  } else if (typeof value === 'string') into.set(path, value.replaceAll(/\\{\\w+\\}|%[atr]/g, '§'));
                  else if (typeof value === 'object' && value !== null && !path.endsWith('.errors'))
                    for (const [key, inner] of Object.entries(value)) patterns(inner, path + '.' + key, into);
                  return into;
                };
                const [en, de] = ['en', 'de'].map((tag) => {
                  const into = new Map();
                  for (const texts of all[tag]) patterns(texts, '', into);
                  return into;
                });
                const german = new Set(de.values());
                const letters = (text) => text.replaceAll(/[^A-Za-z]/g, '').length;
                const found = [...new Set(en.values())].filter((text) => letters(text) > 3 && !german.has(text));
                if (found.length < 500) throw new Error('only ' + found.length + ' English texts were found');
                const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&').replaceAll('§', '.+');
                const any = (texts) => new RegExp('^(?:' + texts.map(escaped).join('|') + ')$');
                const ours = any([...german].filter((text) => letters(text) > 3)), theirs = any(found);
                return { test: (line) => theirs.test(line) && !ours.test(line) };
              })();
              const words = /\\b(the|your|you|and|Close|Cancel|Save|Search|Loading|Messages?|Reply|People|Rooms)\\b/;
              return lines.filter((line) => words.test(line) || window.english.test(line)).join('; ');
            }""";

    /// Words that stick out of a button, a tab or the page.
    private static final String TOO_WIDE =
            """
            () => {
              const wide = [...document.querySelectorAll('button, .tag, [role=tab], legend, label, select, h2, h3')]
                .filter((each) => each.offsetParent !== null && each.scrollWidth > each.clientWidth + 1
                  && getComputedStyle(each).display !== 'inline' && getComputedStyle(each).overflowX === 'visible')
                .map((each) => each.className + ': ' + each.textContent);
              for (const each of document.querySelectorAll('dialog[open] button')) {
                if (each.offsetParent === null) continue;
                const inside = each.getBoundingClientRect(), around = each.closest('dialog').getBoundingClientRect();
                if (inside.left < around.left || inside.right > around.right) wide.push(each.textContent);
              }
              if (document.documentElement.scrollWidth > innerWidth) wide.push('the page');
              return wide.join('; ');
            }""";

    static void choose(Page page, String tag) {
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        choose(page, tag, "account-dialog");
    }

    static void choose(Page page, String tag, String within) {
        page.getByTestId(within).getByTestId("language").selectOption(tag);
        assertThat(page.locator("html")).hasAttribute("lang", tag.isEmpty() ? "en" : tag);
    }

    void own(Page page) {
        page.navigate(chat.setUpAddress());
        page.reload(); // only the part behind the # is new, which loads nothing
        page.getByTestId("claim-password").fill("plum at midnight");
        page.getByTestId("claim").click();
        assertThat(page.getByTestId("old-password")).isVisible();
        page.reload(); // without the notice of the language before
        assertThat(page.getByTestId("composer")).isVisible();
        page.setViewportSize(1440, 844);
    }

    /// The open dialog, which is closed afterwards.
    static void opened(Page page, String state, String size) {
        assertThat(page.locator("dialog[open]")).isVisible();
        check(page, state, size);
        escape(page);
    }

    /// On a desktop and on a phone. Leaves the page as wide as it was.
    static void checkSizes(Page page, String state) {
        var before = page.viewportSize();
        check(page, state, "desktop");
        page.setViewportSize(390, 844);
        check(page, state, "phone");
        page.setViewportSize(before.width, before.height);
    }

    static void check(Page page, String state, String size) {
        settle(page);
        Chromium.picture(page, "german-" + state + "-" + size);
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat((String) page.evaluate(ENGLISH)).as("English in " + state).isEmpty();
        assertThat((String) page.evaluate(TOO_WIDE)).as("too wide in " + state).isEmpty();
        Axe.check(page, state);
    }
}
