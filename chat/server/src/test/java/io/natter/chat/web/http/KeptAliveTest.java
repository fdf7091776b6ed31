package io.natter.chat.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.ServerTest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// A browser's connection: the next request comes as soon as the last answer has.
class KeptAliveTest extends ServerTest {
    private static final int ROUNDS = 400;

    @Test
    void everyRequestOnAKeptConnectionIsAnswered() throws Exception {
        String cookie = guest("Ann");
        int stuck = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(20_000);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                // Answered on a virtual thread, so that the next request meets its end.
                for (String path : new String[] {"/api/session", "/healthz", "/healthz"}) {
                    socket.getOutputStream().write(request(path, cookie));
                    assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
                }
            } catch (SocketTimeoutException _) {
                stuck++;
                break; // one is enough, and each takes the whole patience
            }
        }
        assertThat(stuck).as("requests never read").isZero();
    }

    private byte[] request(String path, String cookie) {
        return "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n\r\n"
                .formatted(path, server.port(), cookie)
                .getBytes(ISO_8859_1);
    }

    /// Reads a whole answer and returns its first line.
    private static String status(InputStream in) throws IOException {
        String first = line(in);
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.equals("transfer-encoding: chunked");
        }
        if (chunked) {
            for (int size = size(in); size > 0; size = size(in)) {
                in.skipNBytes(size + 2L);
            }
            line(in);
        } else {
            in.skipNBytes(length);
        }
        return first;
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            assertThat(next).as("the connection was closed").isNotEqualTo(-1);
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
