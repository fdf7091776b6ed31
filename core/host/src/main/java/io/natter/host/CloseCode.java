package io.natter.host;

/// The status codes of WebSocket close frames (RFC 6455 §7.4).
public final class CloseCode {
    /// The purpose of the connection is fulfilled.
    public static final int NORMAL = 1000;

    /// The server shuts down, or the user left the page.
    public static final int GOING_AWAY = 1001;

    /// The peer broke a rule of the protocol.
    public static final int PROTOCOL_ERROR = 1002;

    /// The close frame has no code. Never sent.
    public static final int NO_STATUS = 1005;

    /// The connection ended without a close frame. Never sent.
    public static final int ABNORMAL = 1006;

    /// A text message is not UTF-8, or compressed data is broken.
    public static final int INVALID_PAYLOAD = 1007;

    /// The peer broke a rule of the application.
    public static final int POLICY_VIOLATION = 1008;

    /// A message is larger than the limit.
    public static final int TOO_BIG = 1009;

    /// The server failed.
    public static final int INTERNAL_ERROR = 1011;

    private static final int LAST_REGISTERED = 1014;
    private static final int FIRST_FREE = 3000;
    private static final int LAST_FREE = 4999;

    private CloseCode() {}

    /// Whether a close frame may carry `code`: 1000 to 1014 except 1004 to 1006, and 3000 to 4999.
    public static boolean isSendable(int code) {
        return (code >= NORMAL && code <= LAST_REGISTERED && (code < 1004 || code > ABNORMAL))
                || (code >= FIRST_FREE && code <= LAST_FREE);
    }
}
