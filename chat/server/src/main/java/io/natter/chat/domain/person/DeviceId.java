package io.natter.chat.domain.person;

import io.natter.chat.domain.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/// The random id that a browser made for itself. It lets a browser whose sign-in got no answer ask
/// again and be the same person. Only [#hash] is ever stored.
public final class DeviceId {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    private final String id;

    private DeviceId(String id) {
        this.id = id;
    }

    /// Reads an id that a client sent; empty when it has not the form of one: 16 to 64 letters,
    /// digits, `-` or `_`.
    public static Optional<DeviceId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new DeviceId(text)) : Optional.empty();
    }

    /// SHA-256 of the id in hexadecimal.
    public String hash() {
        return Sha256.hex(id);
    }

    @Override
    public String toString() {
        return "DeviceId[hidden]";
    }
}
