package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The lines of `vectors.txt`; its head documents the format.
record Vectors(int line, String codec, boolean both, List<EngineMessage> wire, String meaning) {

    static Stream<Vectors> of(String codec) {
        return all().stream().filter(vector -> vector.codec.equals(codec));
    }

    static List<Vectors> all() {
        List<Vectors> vectors = new ArrayList<>();
        try (InputStream in = Vectors.class.getResourceAsStream("vectors.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    vectors.add(parse(number, line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vectors;
    }

    private static Vectors parse(int number, String line) {
        String[] fields = line.split(" \\| ", -1);
        if (fields.length != 5 || !fields[1].matches("[=<]")) {
            throw new IllegalArgumentException("vectors.txt:" + number + " has no five fields");
        }
        List<EngineMessage> wire = new ArrayList<>();
        for (String message : fields[2].split(" \\+ ", -1)) {
            wire.add(
                    message.matches("<[0-9a-f]*>")
                            ? new EngineMessage.Binary(
                                    HexFormat.of().parseHex(message, 1, message.length() - 1))
                            : new EngineMessage.Text(bytes(message)));
        }
        return new Vectors(number, fields[0], fields[1].equals("="), wire, fields[3]);
    }

    /// The text with `\xNN` resolved; nothing else is special.
    private static byte[] bytes(String text) {
        var bytes = new ByteArrayOutputStream();
        byte[] raw = text.equals("-") ? new byte[0] : text.getBytes(UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\\' && i + 3 < raw.length && raw[i + 1] == 'x' && hex(raw, i) >= 0) {
                bytes.write(hex(raw, i));
                i += 3;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static int hex(byte[] raw, int i) {
        int high = Character.digit(raw[i + 2], 16);
        int low = Character.digit(raw[i + 3], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /// The only message of the wire, as bytes.
    byte[] bytes() {
        return wire.getFirst() instanceof EngineMessage.Text(byte[] utf8) ? utf8 : binary();
    }

    private byte[] binary() {
        return ((EngineMessage.Binary) wire.getFirst()).data();
    }

    /// The meaning with `\xNN` resolved.
    String expected() {
        return new String(bytes(meaning), UTF_8);
    }

    @Override
    public String toString() {
        return "vectors.txt:" + line + " " + Described.frames(wire) + " is " + meaning;
    }
}
