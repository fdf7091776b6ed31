package io.natter.chat.store.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Tells how much was written, each time another [#STEP] was.
final class CountedOutput extends FilterOutputStream {
    /// Bytes: some seconds of work.
    static final long STEP = 256L << 20;

    private final String doing;
    private final Steps steps;
    private final long step;
    private long written;
    private long next;

    /// @param doing begins the line, such as `Packed`
    CountedOutput(OutputStream out, String doing, Steps steps) {
        this(out, doing, steps, STEP);
    }

    CountedOutput(OutputStream out, String doing, Steps steps, long step) {
        super(out);
        this.doing = doing;
        this.steps = steps;
        this.step = step;
        this.next = step;
    }

    @Override
    public void write(int one) throws IOException {
        out.write(one);
        count(1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        count(length);
    }

    private void count(int bytes) {
        written += bytes;
        if (written >= next) {
            steps.at("%s %,d MiB".formatted(doing, written >> 20));
            next = written - written % step + step;
        }
    }
}
