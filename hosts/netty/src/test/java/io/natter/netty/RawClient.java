package io.natter.netty;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A client that sends what it is told, byte by byte. Every read ends within ten seconds.
public final class RawClient implements AutoCloseable {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Socket socket;
    private final DataInputStream in;

    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /// A WebSocket that is open.
    public static RawClient webSocket(int port, String path) throws IOException {
        var client = new RawClient(port);
        client.send(handshake(path, ""));
        client.head();
        return client;
    }

    public static String handshake(String path, String headers) {
        return "GET "
                + path
                + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: "
                + KEY
                + "\r\nSec-WebSocket-Version: 13\r\n"
                + headers
                + "\r\n";
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// Bytes given in hex, blanks allowed.
    public void hex(String hex) throws IOException {
        send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /// The head of an answer, with its empty line.
    public String head() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /// An answer with a `Content-Length`.
    public String answer() throws IOException {
        var head = head();
        int length = 0;
        for (var line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /// How many bytes have come that were not read yet.
    public int available() throws IOException {
        return in.available();
    }

    byte[] bytes(int count) throws IOException {
        var bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    /// The next `count` bytes in hex.
    public String hex(int count) throws IOException {
        return HexFormat.ofDelimiter(" ").formatHex(bytes(count));
    }

    /// A server's frame: its first byte, then its payload.
    public record In(int first, byte[] payload) {
        int opcode() {
            return first & 0x0f;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return payload.length == 0 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }

        String closeReason() {
            return payload.length < 2
                    ? ""
                    : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    public In frame() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new In(first, bytes(Math.toIntExact(length)));
    }

    /// A client's frame, masked.
    public static byte[] masked(int first, byte[] payload) {
        var mask = new byte[] {0x37, (byte) 0xfa, 0x21, 0x3d};
        var out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length <= 0xffff) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i & 3]);
        }
        return out.toByteArray();
    }

    public static byte[] text(String text) {
        return masked(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether the server has closed, after nothing more.
    public boolean atEnd() throws IOException {
        try {
            in.readUnsignedByte();
            return false;
        } catch (EOFException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// Says that nothing more will come; what was sent arrives before that.
    public void leaveAfterSending() throws IOException {
        socket.shutdownOutput();
    }

    /// Goes away in the middle.
    void leave() throws IOException {
        socket.close();
    }

    /// Closes with a reset.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
