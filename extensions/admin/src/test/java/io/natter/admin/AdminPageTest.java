package io.natter.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page's files.
final class AdminPageTest {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private final InProcessHost host =
            new InProcessHost(new AdminPage("/admin-ui", "/admin", "/socket.io"));

    @Test
    void thePageNeedsNothingFromElsewhere() {
        var page = host.get("/admin-ui/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text()).doesNotContain("https:", "http:", "\"//");
        var links = LINK.matcher(page.text()).results().map(found -> found.group(1)).distinct();
        assertThat(links)
                .hasSizeGreaterThan(6)
                .contains("js/setup.js", "css/roboto.css", "css/materialdesignicons.min.css")
                .allSatisfy(
                        link ->
                                assertThat(host.get("/admin-ui/" + link).status())
                                        .as(link)
                                        .isEqualTo(200));
    }

    @Test
    void iconsAndFontAreThere() {
        for (String name :
                new String[] {"materialdesignicons-webfont", "roboto-latin-400-normal"}) {
            var font = host.get("/admin-ui/fonts/" + name + ".woff2");
            assertThat(font.status()).isEqualTo(200);
            assertThat(font.header("Content-Type")).isEqualTo("font/woff2");
        }
    }

    @Test
    void thePageComesUpWithItsOwnServer() {
        var page = new AdminPage("/a", "/own \"name\"", "/io");
        assertThat(new InProcessHost(page).get("/a/js/setup.js").text())
                .contains("setItem(\"server_url\", location.origin)")
                .contains("setItem(\"namespace\", \"/own \\\"name\\\"\")")
                .contains("setItem(\"path\", \"/io\")");
    }

    @Test
    void onlyItsOwnFilesAreServed() {
        for (String path :
                new String[] {
                    "/admin-ui/../client/socket.io.js",
                    "/admin-ui/%2e%2e/x",
                    "/admin-ui//etc/passwd",
                    "/admin-ui/js/",
                    "/admin-ui/js",
                    "/admin-ui/.",
                    "/admin-ui/none.js"
                }) {
            assertThat(host.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(host.get("/admin-ui").status()).isEqualTo(308);
        assertThat(host.get("/admin-ui").header("Location")).isEqualTo("/admin-ui/");
        assertThat(host.post("/admin-ui/", "x").status()).isEqualTo(405);
    }

    @Test
    void anAddressOfManyFoldersCostsNoStack() {
        for (String part : new String[] {"a/", "a."}) {
            assertThat(host.get("/admin-ui/" + part.repeat(8000) + "x.js").status())
                    .as(part)
                    .isEqualTo(404);
        }
    }

    @Test
    void filesAreCompressedAndCached() {
        var path = "/admin-ui/css/materialdesignicons.min.css";
        var plain = host.get(path);
        var gzip = host.request("GET", path, Map.of("accept-encoding", "gzip"), new byte[0]);
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.response().body()).hasSizeLessThan(plain.response().body().length / 3);
        var etag = String.valueOf(plain.header("ETag"));
        var again = host.request("GET", path, Map.of("if-none-match", etag), new byte[0]);
        assertThat(again.status()).isEqualTo(304);
        assertThat(plain.header("Content-Security-Policy")).contains("default-src 'self'");
    }
}
