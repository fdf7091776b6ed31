package io.natter.netty.loop;

import io.netty.buffer.ByteBuf;

/// A whole frame as it goes on the wire: bytes of a buffer that is the strand's, good until the
/// strand has flushed.
///
/// @param shareable whether the buffer belongs to this frame alone, so that it may be kept; small
///   frames share a buffer, and are copied instead
public record FrameSlice(ByteBuf in, int from, int length, boolean shareable) {
    public int end() {
        return from + length;
    }

    /// Whether this lies right behind what ends at `end` of `buffer`.
    @SuppressWarnings("ReferenceEquality")
    public // the very buffer, not one with equal bytes
    boolean follows(ByteBuf buffer, int end) {
        return in == buffer && from == end;
    }
}
