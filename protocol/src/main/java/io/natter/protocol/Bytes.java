package io.natter.protocol;

import java.util.Arrays;

/// Bytes that are being written. What is written is bounded by what is read, so the array is not.
final class Bytes {
    byte[] array;
    int size;

    Bytes(int capacity) {
        array = new byte[Math.max(capacity, 16)];
    }

    void add(int b) {
        reserve(1);
        array[size++] = (byte) b;
    }

    void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, array, size, to - from);
        size += to - from;
    }

    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            array[size++] = (byte) text.charAt(i);
        }
    }

    /// The low `length` bytes of `value`, the highest first.
    void bigEndian(long value, int length) {
        reserve(length);
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            array[size++] = (byte) (value >>> shift);
        }
    }

    /// Makes a gap of `length` bytes at `at`, moving what lies behind it.
    void widen(int at, int length) {
        reserve(length);
        System.arraycopy(array, at, array, at + length, size - at);
        size += length;
    }

    byte[] toArray() {
        return size == array.length ? array : Arrays.copyOf(array, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > array.length) {
            int doubled = array.length > Integer.MAX_VALUE / 2 ? needed : array.length * 2;
            array = Arrays.copyOf(array, Math.max(needed, doubled));
        }
    }
}
