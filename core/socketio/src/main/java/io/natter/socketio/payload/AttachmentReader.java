package io.natter.socketio.payload;

import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonValues;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonParserDelegate;

/// Reads JSON in which each placeholder of an attachment is that attachment, as an embedded value
/// of bytes. It can be read as `byte[]`, `ByteBuffer`, `Object` or `JsonNode`.
final class AttachmentReader extends JsonParserDelegate {
    private final Payload payload;
    private byte @Nullable [] bytes;

    AttachmentReader(JsonParser in, Payload payload) {
        super(in);
        this.payload = payload;
    }

    @Override
    public @Nullable JsonToken nextToken() {
        bytes = null;
        JsonToken token = delegate.nextToken();
        if (token != JsonToken.START_OBJECT) {
            return token;
        }
        int at = payload.from() + (int) delegate.currentTokenLocation().getByteOffset();
        int num = placeholder(payload.buffer(), at, payload.to());
        if (num < 0 || num >= payload.attachments().size()) {
            return token;
        }
        delegate.skipChildren();
        bytes = payload.attachments().get(num);
        return JsonToken.VALUE_EMBEDDED_OBJECT;
    }

    @Override
    public @Nullable JsonToken nextValue() {
        JsonToken token = nextToken();
        return token == JsonToken.PROPERTY_NAME ? nextToken() : token;
    }

    @Override
    public @Nullable String nextName() {
        return nextToken() == JsonToken.PROPERTY_NAME ? currentName() : null;
    }

    @Override
    public boolean nextName(SerializableString name) {
        return nextToken() == JsonToken.PROPERTY_NAME && name.getValue().equals(currentName());
    }

    @Override
    public int nextNameMatch(PropertyNameMatcher matcher) {
        bytes = null;
        // Inside an object the next token is a name or its end, never a placeholder.
        return delegate.nextNameMatch(matcher);
    }

    @Override
    public @Nullable JsonToken currentToken() {
        return bytes == null ? delegate.currentToken() : JsonToken.VALUE_EMBEDDED_OBJECT;
    }

    @Override
    public int currentTokenId() {
        return bytes == null ? delegate.currentTokenId() : JsonToken.VALUE_EMBEDDED_OBJECT.id();
    }

    @Override
    public boolean hasTokenId(int id) {
        return currentTokenId() == id;
    }

    @Override
    public boolean hasToken(JsonToken token) {
        return currentToken() == token;
    }

    @Override
    public boolean isExpectedStartArrayToken() {
        return bytes == null && delegate.isExpectedStartArrayToken();
    }

    @Override
    public boolean isExpectedStartObjectToken() {
        return bytes == null && delegate.isExpectedStartObjectToken();
    }

    @Override
    public JsonParser skipChildren() {
        if (bytes == null) {
            delegate.skipChildren();
        }
        return this;
    }

    @Override
    public @Nullable Object getEmbeddedObject() {
        return bytes != null ? bytes : delegate.getEmbeddedObject();
    }

    @Override
    public byte[] getBinaryValue(Base64Variant variant) {
        return bytes != null ? bytes : delegate.getBinaryValue(variant);
    }

    @Override
    public int readBinaryValue(Base64Variant variant, OutputStream out) {
        byte[] held = bytes;
        if (held == null) {
            return delegate.readBinaryValue(variant, out);
        }
        try {
            out.write(held);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return held.length;
    }

    /// The number in `{"_placeholder":true,"num":n}` that starts at `at`, its keys in either order,
    /// or -1 where something else stands.
    private static int placeholder(byte[] b, int at, int end) {
        boolean marked = false;
        int num = -1;
        at = JsonValues.skipSpace(b, at + 1, end);
        while (at < end && b[at] == '"') {
            int keyStart = at;
            at = JsonValues.skip(b, at);
            int keyLength = at - keyStart;
            at = JsonValues.skipSpace(b, JsonValues.skipSpace(b, at, end) + 1, end);
            int valueStart = at;
            at = JsonValues.skip(b, at);
            if (keyLength == 14 && matches(b, keyStart, "\"_placeholder\"")) {
                marked = matches(b, valueStart, "true");
            } else if (keyLength == 5 && matches(b, keyStart, "\"num\"")) {
                num = JsonValues.index(b, valueStart, at);
            } else {
                return -1;
            }
            at = JsonValues.next(b, at, end);
        }
        return marked ? num : -1;
    }

    private static boolean matches(byte[] b, int at, String ascii) {
        if (b.length - at < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (b[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
