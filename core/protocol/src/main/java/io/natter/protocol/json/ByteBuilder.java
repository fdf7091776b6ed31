package io.natter.protocol.json;

import java.util.Arrays;

/// Bytes that are being written. The input bounds the output, so the array has no bound of its own.
public final class ByteBuilder {
    byte[] array;
    int size;

    /// Without bytes.
    ///
    /// @param capacity how many bytes are expected
    public ByteBuilder(int capacity) {
        array = new byte[Math.max(capacity, 16)];
    }

    /// The array, whose first [#size] bytes have been written. Valid until more is written.
    public byte[] array() {
        return array;
    }

    /// How many bytes have been written.
    public int size() {
        return size;
    }

    /// Takes back all but the first `kept` bytes.
    public void truncate(int kept) {
        size = kept;
    }

    /// Adds a byte.
    public void add(int b) {
        reserve(1);
        array[size++] = (byte) b;
    }

    public void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, array, size, to - from);
        size += to - from;
    }

    /// Adds a text of ASCII characters.
    @SuppressWarnings("deprecation") // copies the low bytes, and these are ASCII
    public void ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), array, size);
        size += text.length();
    }

    /// The low `length` bytes of `value`, the highest first.
    public void bigEndian(long value, int length) {
        reserve(length);
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            array[size++] = (byte) (value >>> shift);
        }
    }

    /// Makes a gap of `length` bytes at `at`, moving what lies behind it.
    public void widen(int at, int length) {
        reserve(length);
        System.arraycopy(array, at, array, at + length, size - at);
        size += length;
    }

    public byte[] toArray() {
        return size == array.length ? array : Arrays.copyOf(array, size);
    }

    /// Makes room for `by` bytes beyond the room that there is.
    void extend(int by) {
        array = Arrays.copyOf(array, Math.addExact(array.length, by));
    }

    /// Makes sure that there is room for so many bytes.
    void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > array.length) {
            int doubled = array.length > Integer.MAX_VALUE / 2 ? needed : array.length * 2;
            array = Arrays.copyOf(array, Math.max(needed, doubled));
        }
    }
}
