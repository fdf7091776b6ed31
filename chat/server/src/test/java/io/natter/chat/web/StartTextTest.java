package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartTextTest {
    private static final Optional<String> SECRET = Optional.of("abc");
    private static final Optional<String> NETWORK = Optional.of("192.168.7.20");

    private static StartText text(String host, boolean isTerminal, String... origins) {
        var config = new ChatConfig(host, 0, Path.of("data"), List.of(origins), List.of(), null);
        return new StartText(config, 3000, NETWORK, isTerminal);
    }

    @Test
    void tellsHowTheNetworkReachesAChatThatOnlyThisMachineReaches() {
        assertThat(text("127.0.0.1", true).lines(SECRET))
                .containsExactly(
                        "Natter is at http://127.0.0.1:3000",
                        "To own this place, open http://127.0.0.1:3000/#setup=abc",
                        "Only this machine reaches it. --host 0.0.0.0 lets your network in.");
    }

    @Test
    void showsTheAddressInTheNetworkWithACodeForAPhone() throws Exception {
        var lines = text("0.0.0.0", true).lines(SECRET);
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "Natter is at http://localhost:3000",
                        "In your network it is at http://192.168.7.20:3000",
                        "To own this place, open http://localhost:3000/#setup=abc",
                        "Or scan this with a phone:");
        assertThat(scan(lines.subList(4, lines.size())))
                .isEqualTo("http://192.168.7.20:3000/#setup=abc");
    }

    @Test
    void aLogHasNoCode() {
        assertThat(text("0.0.0.0", false).lines(SECRET)).hasSize(3);
    }

    @Test
    void aPlaceWithAnOwnerShowsItsAddressesOnly() {
        assertThat(text("0.0.0.0", true).lines(Optional.empty())).hasSize(2);
        assertThat(text("127.0.0.1", true).lines(Optional.empty())).hasSize(1);
    }

    @Test
    void theLinkLeadsToTheAddressOfBrowsersIfItIsConfigured() throws Exception {
        var lines = text("127.0.0.1", true, "https://chat.example.com").lines(SECRET);
        assertThat(lines.subList(0, 3))
                .containsExactly(
                        "Natter is at http://127.0.0.1:3000",
                        "Browsers reach it at https://chat.example.com",
                        "To own this place, open https://chat.example.com/#setup=abc");
        assertThat(scan(lines.subList(4, lines.size())))
                .isEqualTo("https://chat.example.com/#setup=abc");
    }

    /// Reads the lines of a code as a phone's camera would.
    private static String scan(List<String> lines) throws Exception {
        int scale = 8;
        var rows = lines.stream().map(line -> line.replaceAll("\033\\[[0-9;]*m", "")).toList();
        int width = rows.getFirst().length() * scale;
        int height = rows.size() * 2 * scale;
        var pixels = new int[width * height];
        for (int at = 0; at < pixels.length; at++) {
            int y = at / width / scale;
            char module = rows.get(y / 2).charAt(at % width / scale);
            boolean isDark = module == '█' || module == (y % 2 == 0 ? '▀' : '▄');
            pixels[at] = isDark ? 0xff000000 : 0xffffffff;
        }
        // With more of the light border, as a terminal around it has.
        var framed = frame(pixels, width, height, 4 * scale);
        var source = new RGBLuminanceSource(width + 8 * scale, height + 8 * scale, framed);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
    }

    private static int[] frame(int[] pixels, int width, int height, int border) {
        int wide = width + 2 * border;
        var framed = new int[wide * (height + 2 * border)];
        Arrays.fill(framed, 0xffffffff);
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, framed, (y + border) * wide + border, width);
        }
        return framed;
    }
}
