package io.natter.socketio.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/// Writes JSON in which every binary value has become a placeholder, and keeps the values.
final class AttachmentWriter extends JsonGeneratorDelegate {
    private List<byte[]> attachments = List.of();

    AttachmentWriter(JsonGenerator out) {
        // Nothing is copied by the delegate itself: a nested value must come back through here.
        super(out, false);
    }

    List<byte[]> attachments() {
        return attachments;
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        return attach(
                offset == 0 && length == data.length
                        ? data
                        : Arrays.copyOfRange(data, offset, offset + length));
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        try {
            byte[] all = data.readAllBytes();
            attach(all);
            return all.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // JSON has no NaN and no infinity. `JSON.stringify` makes null of them, Jackson by itself
    // texts.

    @Override
    public JsonGenerator writeNumber(double number) {
        return Double.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return Float.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeArray(double[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    private JsonGenerator attach(byte[] data) {
        if (attachments.isEmpty()) {
            attachments = new ArrayList<>(2);
        }
        delegate.writeStartObject();
        delegate.writeName("_placeholder");
        delegate.writeBoolean(true);
        delegate.writeName("num");
        delegate.writeNumber(attachments.size());
        delegate.writeEndObject();
        attachments.add(data);
        return this;
    }
}
