package io.natter.cluster.forwarding;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// Another server of the cluster, as it has announced itself.
final class OtherServer {
    static final int KEY_BYTES = 32;

    /// After a failed connection, no request waits for the server for so long.
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{4}");
    private static final int MAX_ADDRESS = 300;

    private final String tag;
    private final URI address;
    private final Signature signature;
    private final String key;
    private volatile long failedAt = Long.MIN_VALUE;

    /// @param tag the first characters of its sessions' ids
    /// @param key with which requests to it are signed, in Base64
    /// @throws IllegalArgumentException with a reason
    OtherServer(String tag, String address, String key) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("a server whose name has not four characters");
        }
        this.tag = tag;
        this.address = address(address);
        this.key = key;
        byte[] bytes = Base64.getUrlDecoder().decode(key);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("a server with a key of " + bytes.length + " bytes");
        }
        signature = new Signature(bytes);
    }

    /// Reads the address of a server.
    ///
    /// @throws IllegalArgumentException with a reason
    static URI address(String text) {
        if (text.length() > MAX_ADDRESS) {
            throw new IllegalArgumentException("an address of " + text.length() + " characters");
        }
        try {
            var uri = new URI(text);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && isBare(uri)
                    && (scheme.equals("http") || scheme.equals("https"))) {
                return new URI(scheme + "://" + uri.getRawAuthority());
            }
        } catch (URISyntaxException none) {
            // As for any other text that is none.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no address of a server, such as http://10.0.0.3:3000");
    }

    private static boolean isBare(URI uri) {
        var path = uri.getRawPath();
        return (path == null || path.isEmpty() || path.equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
    }

    String tag() {
        return tag;
    }

    String key() {
        return key;
    }

    Signature signature() {
        return signature;
    }

    /// Whether it is the same server at the same address.
    boolean isSame(OtherServer other) {
        return tag.equals(other.tag) && key.equals(other.key) && address.equals(other.address);
    }

    /// Whether `other` has come in place of this one: at its address, or under another tag.
    boolean isReplacedBy(OtherServer other) {
        return !isSame(other) && (address.equals(other.address) || key.equals(other.key));
    }

    boolean isAt(String text) {
        return address.toString().equals(text);
    }

    /// Where a request for `path` and `query` goes.
    ///
    /// @param webSocket whether it opens a WebSocket
    URI target(boolean webSocket, String path, String query) {
        var scheme = webSocket ? "ws" + address.getScheme().substring(4) : address.getScheme();
        return URI.create(
                scheme
                        + "://"
                        + address.getRawAuthority()
                        + UriText.path(path)
                        + "?"
                        + UriText.query(query));
    }

    /// It could not be reached.
    void failed(long now) {
        failedAt = now;
    }

    /// Whether it could not be reached a moment ago.
    boolean isDown(long now) {
        long at = failedAt;
        return at != Long.MIN_VALUE && now - at < PAUSE_NANOS;
    }
}
