package io.natter.netty.frame;

/// A peer broke a rule of RFC 6455; the connection ends with `code`.
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    FrameException(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// The close code for the peer.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
