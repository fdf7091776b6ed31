package io.natter.engine.polling;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.Query;
import io.natter.protocol.Engine3;
import io.natter.protocol.Engine4;
import io.natter.protocol.EngineMessage;
import io.natter.protocol.EnginePacket;
import io.natter.protocol.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form of packets in the bodies of one client's polling requests. Its handshake fixes it.
public sealed interface PollingFormat {
    /// The content type of the binary framing of protocol 3.
    String OCTETS = "application/octet-stream";

    /// The content type of text.
    String TEXT = "text/plain; charset=UTF-8";

    /// The content type of JSONP.
    String SCRIPT = "text/javascript; charset=UTF-8";

    /// The format of a client that asked for `protocol` with these parameters.
    static PollingFormat of(int protocol, @Nullable String b64, @Nullable String jsonp) {
        boolean text = (b64 != null && !b64.isEmpty()) || jsonp != null;
        PollingFormat plain = protocol == 3 ? new Third(text) : new Fourth();
        return jsonp == null ? plain : new Jsonp(plain, jsonp);
    }

    /// Whether a POST may be of the type `application/octet-stream`.
    boolean takesOctets();

    /// The packets of a POST.
    List<EnginePacket> decode(byte[] body, boolean octets);

    /// The answer to a GET.
    Body encode(List<? extends PollingPacket> packets);

    /// A body and its content type. The bytes may be shared with others: not to be written to.
    record Body(String contentType, byte[] bytes) {}

    /// Protocol 4: text forms between U+001E.
    record Fourth() implements PollingFormat {
        @Override
        public boolean takesOctets() {
            return false;
        }

        @Override
        public List<EnginePacket> decode(byte[] body, boolean octets) {
            return Engine4.decodePayload(body);
        }

        @Override
        public Body encode(List<? extends PollingPacket> packets) {
            return new Body(
                    TEXT,
                    packets.size() == 1
                            ? packets.getFirst().text(4)
                            : Engine4.joinPayload(texts(packets, 4)));
        }
    }

    /// Protocol 3: text forms behind their lengths, or the binary framing where a packet is binary
    /// and the client can read it.
    record Third(boolean textOnly) implements PollingFormat {
        @Override
        public boolean takesOctets() {
            return true;
        }

        @Override
        public List<EnginePacket> decode(byte[] body, boolean octets) {
            if (body.length == 0) {
                return List.of(new EnginePacket.Malformed("empty body"));
            }
            return octets ? Engine3.decodeBinaryPayload(body) : Engine3.decodePayload(body);
        }

        @Override
        public Body encode(List<? extends PollingPacket> packets) {
            if (textOnly || packets.stream().noneMatch(Third::isBinary)) {
                return new Body(TEXT, Engine3.joinPayload(texts(packets, 3)));
            }
            var frames = new ArrayList<EngineMessage>(packets.size());
            for (var packet : packets) {
                var message = packet.frame();
                frames.add(
                        message == null
                                ? new EngineMessage.Text(packet.text(3))
                                : Engine3.encode(message));
            }
            return new Body(OCTETS, Engine3.joinBinaryPayload(frames));
        }

        private static boolean isBinary(PollingPacket packet) {
            return packet.frame() instanceof EngineMessage.Binary;
        }
    }

    /// JSONP: answers are a call of `___eio[n]` with the body as a string, requests a form with the
    /// body in `d`.
    record Jsonp(PollingFormat plain, String index) implements PollingFormat {
        @Override
        public boolean takesOctets() {
            return plain.takesOctets();
        }

        @Override
        public List<EnginePacket> decode(byte[] body, boolean octets) {
            var data = Query.first(new String(body, UTF_8), "d");
            return data == null
                    ? List.of()
                    : plain.decode(unescapeNewlines(data).getBytes(UTF_8), false);
        }

        /// A form cannot carry a newline unharmed: the client sends `\n` for one, and `\\n` for a
        /// backslash and an n.
        private static String unescapeNewlines(String data) {
            var out = new StringBuilder(data.length());
            for (int i = 0; i < data.length(); i++) {
                if (data.startsWith("\\\\n", i)) {
                    out.append("\\n");
                    i += 2;
                } else if (data.startsWith("\\n", i)) {
                    out.append('\n');
                    i++;
                } else {
                    out.append(data.charAt(i));
                }
            }
            return out.toString();
        }

        @Override
        public Body encode(List<? extends PollingPacket> packets) {
            var body = new String(plain.encode(packets).bytes(), UTF_8);
            var digits = index.replaceAll("[^0-9]", "");
            var call = "___eio[" + digits + "](" + quote(body) + ");";
            return new Body(SCRIPT, call.getBytes(UTF_8));
        }

        /// Older browsers take two characters for the end of a line even inside a string.
        private static String quote(String text) {
            return JsonWriter.quote(text).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        }
    }

    private static List<byte[]> texts(List<? extends PollingPacket> packets, int protocol) {
        var texts = new ArrayList<byte[]>(packets.size());
        for (var packet : packets) {
            texts.add(packet.text(protocol));
        }
        return texts;
    }
}
