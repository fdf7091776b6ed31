package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.PreparedMessage;
import io.natter.host.UpgradeExchange.Deflate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// permessage-deflate, RFC 7692.
@ExtendWith(NoLeaks.class)
class DeflateTest {
    private final Echo echo = new Echo();
    private final NettyHost host =
            NettyHost.builder().host("127.0.0.1").endpoint(echo).threads(1).listen();

    DeflateTest() {
        echo.deflate = new Deflate(20);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private RawClient open(String offer) throws IOException {
        var client = new RawClient(host.port());
        client.send(RawClient.handshake("/echo", "Sec-WebSocket-Extensions: " + offer + "\r\n"));
        return client;
    }

    private RawClient open() throws IOException {
        var client = open("permessage-deflate");
        assertThat(client.head()).contains("\r\nSec-WebSocket-Extensions: permessage-deflate;");
        return client;
    }

    private static byte[] deflate(byte[] data) {
        try (var deflater = new Deflater(9, true)) {
            deflater.setInput(data);
            var out = new ByteArrayOutputStream();
            var buffer = new byte[1000];
            int count;
            do {
                count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                out.write(buffer, 0, count);
            } while (count == buffer.length);
            return Arrays.copyOf(out.toByteArray(), out.size() - 4);
        }
    }

    private static byte[] inflate(byte[] data) throws DataFormatException {
        try (var inflater = new Inflater(true)) {
            var all = Arrays.copyOf(data, data.length + 4);
            all[data.length + 2] = (byte) 0xff;
            all[data.length + 3] = (byte) 0xff;
            inflater.setInput(all);
            var out = new ByteArrayOutputStream();
            var buffer = new byte[1000];
            for (int count = inflater.inflate(buffer);
                    count > 0;
                    count = inflater.inflate(buffer)) {
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        }
    }

    // §7.1, §5.1
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate | true",
                "permessage-deflate; client_max_window_bits | true",
                "permessage-deflate; client_max_window_bits=10 | true",
                "permessage-deflate; server_max_window_bits=10 | false",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover| false",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=10 | false",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate | true",
                "Permessage-Deflate ; Server_No_Context_Takeover; client_no_context_takeover| true",
                "permessage-deflate; server_no_context_takeover=1 | false",
                "permessage-deflate; client_max_window_bits=7 | false",
                "permessage-deflate; unknown | false",
                "x-webkit-deflate-frame | false"
            })
    void acceptsTheOffersThatItCanMeet(String offer, boolean accepted) throws Exception {
        try (var client = open(offer)) {
            var extensions =
                    "\r\nSec-WebSocket-Extensions: permessage-deflate;"
                            + " server_no_context_takeover; client_no_context_takeover\r\n";
            assertThat(client.head().contains(extensions)).isEqualTo(accepted);
        }
    }

    // §7.1.2.1
    @Test
    void namesTheWindowThatAnOfferAsksFor() throws Exception {
        var named =
                "\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                        + " client_no_context_takeover; server_max_window_bits=15\r\n";
        try (var client = open("permessage-deflate; server_max_window_bits=15")) {
            assertThat(client.head()).contains(named);
        }
        try (var client = open("permessage-deflate; SERVER_MAX_WINDOW_BITS=\"15\"")) {
            assertThat(client.head()).contains(named);
        }
        var twice = "permessage-deflate; server_max_window_bits=15; server_max_window_bits=15";
        try (var client = open(twice)) {
            assertThat(client.head()).doesNotContain("Extensions");
        }
    }

    @Test
    void agreesToNothingWhereItIsNotWanted() throws Exception {
        echo.deflate = null;
        try (var client = open("permessage-deflate")) {
            assertThat(client.head()).doesNotContain("Extensions");
        }
    }

    // §7.2.3.1: "Hello" as the RFC writes it
    @Test
    void readsTheExampleOfTheRfc() throws Exception {
        try (var client = open()) {
            client.hex("c1 87 00 00 00 00 f2 48 cd c9 c9 07 00");
            assertThat(client.hex(7)).isEqualTo("81 05 48 65 6c 6c 6f");
            // §7.2.3.4: with the last block marked as such
            client.hex("c1 88 00 00 00 00 f3 48 cd c9 c9 07 00 00");
            assertThat(client.hex(7)).isEqualTo("81 05 48 65 6c 6c 6f");
            // and an empty message
            client.hex("c1 81 00 00 00 00 00");
            assertThat(client.hex(2)).isEqualTo("81 00");
        }
    }

    @Test
    void compressesFromTheThresholdOn() throws Exception {
        try (var client = open()) {
            client.send(RawClient.text("a".repeat(19)));
            assertThat(client.frame()).returns(0x81, RawClient.In::first);
            client.send(RawClient.text("a".repeat(20)));
            var frame = client.frame();
            assertThat(frame.first()).isEqualTo(0xc1);
            assertThat(new String(inflate(frame.payload()), StandardCharsets.UTF_8))
                    .isEqualTo("a".repeat(20));
        }
    }

    @Test
    void sendsAsItIsWhatGetsNoShorterOrIsNotToBeCompressed() throws Exception {
        var noise = new byte[1000];
        new Random(1).nextBytes(noise);
        try (var client = open()) {
            client.send(RawClient.masked(0x82, noise));
            assertThat(client.frame()).returns(0x82, RawClient.In::first);
            var connection = Objects.requireNonNull(echo.opened.poll(10, TimeUnit.SECONDS));
            connection
                    .strand()
                    .execute(
                            () ->
                                    connection.send(
                                            new PreparedMessage(
                                                    PreparedMessage.BINARY,
                                                    new byte[1000],
                                                    PreparedMessage.NO_PREFIX,
                                                    false),
                                            false));
            assertThat(client.frame()).returns(0x82, RawClient.In::first);
        }
    }

    @Test
    void carriesEverySizeThereAndBack() throws Exception {
        try (var client = open()) {
            for (int size : new int[] {200, 4096, 70_000, 1_000_000}) {
                var data = new byte[size];
                for (int i = 0; i < size; i++) {
                    data[i] = (byte) (i * i % 61);
                }
                var compressed = deflate(data);
                int cut = compressed.length / 2;
                client.send(RawClient.masked(0x42, Arrays.copyOf(compressed, cut)));
                client.send(
                        RawClient.masked(
                                0x80, Arrays.copyOfRange(compressed, cut, compressed.length)));
                var frame = client.frame();
                assertThat(frame.first()).isEqualTo(0xc2);
                assertThat(inflate(frame.payload())).isEqualTo(data);
            }
        }
    }

    @Test
    void compressesWithItsPrefixAndOnceForAFanOut() throws Exception {
        try (var one = open();
                var two = open()) {
            var first = Objects.requireNonNull(echo.opened.poll(10, TimeUnit.SECONDS));
            var second = Objects.requireNonNull(echo.opened.poll(10, TimeUnit.SECONDS));
            var text = "b".repeat(100);
            var message =
                    new PreparedMessage(
                            PreparedMessage.TEXT, text.getBytes(StandardCharsets.UTF_8), '4', true);
            first.strand()
                    .execute(
                            () ->
                                    first.strand()
                                            .fanOut(
                                                    message,
                                                    () ->
                                                            List.of(first, second)
                                                                    .forEach(
                                                                            to ->
                                                                                    to.send(
                                                                                            message,
                                                                                            true))));
            for (var client : List.of(one, two)) {
                var frame = client.frame();
                assertThat(frame.first()).isEqualTo(0xc1);
                assertThat(new String(inflate(frame.payload()), StandardCharsets.UTF_8))
                        .isEqualTo("4" + text);
            }
        }
    }

    @Test
    void closesWith1009WhenAMessageInflatesPastTheLimit() throws Exception {
        echo.maxMessage = 100_000;
        try (var client = open()) {
            client.send(RawClient.masked(0xc2, deflate(new byte[50_000_000])));
            assertThat(client.frame().closeCode()).isEqualTo(1009);
        }
        try (var client = open()) {
            client.send(RawClient.masked(0xc2, deflate(new byte[100_000])));
            assertThat(inflate(client.frame().payload())).hasSize(100_000);
        }
    }

    @Test
    void closesWith1007ForBrokenDataAndInflatedTextThatIsNotUtf8() throws Exception {
        try (var client = open()) {
            client.send(RawClient.masked(0xc2, new byte[] {(byte) 0xff, 1, 2, 3}));
            assertThat(client.frame().closeCode()).isEqualTo(1007);
        }
        try (var client = open()) {
            client.send(RawClient.masked(0xc1, deflate(new byte[] {(byte) 0xff})));
            assertThat(client.frame().closeCode()).isEqualTo(1007);
        }
    }

    // §6: only the first frame of a message carries the bit
    @Test
    void closesWith1002ForTheBitOnAContinuationOrAControlFrame() throws Exception {
        try (var client = open()) {
            client.hex("41 80 00 00 00 00 c0 80 00 00 00 00");
            assertThat(client.frame().closeCode()).isEqualTo(1002);
        }
        try (var client = open()) {
            client.hex("c9 80 00 00 00 00");
            assertThat(client.frame().closeCode()).isEqualTo(1002);
        }
    }
}
