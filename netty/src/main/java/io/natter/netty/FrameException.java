package io.natter.netty;

/// A peer broke a rule of RFC 6455; the connection ends with `code`.
final class FrameException extends Exception {
    private static final long serialVersionUID = 1;

    static final int PROTOCOL_ERROR = 1002;
    static final int INVALID_PAYLOAD = 1007;
    static final int TOO_BIG = 1009;

    private final int code;

    FrameException(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    /// What to tell the peer.
    String reason() {
        return String.valueOf(getMessage());
    }
}
