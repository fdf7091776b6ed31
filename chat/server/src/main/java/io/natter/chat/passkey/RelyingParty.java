package io.natter.chat.passkey;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The host name that passkeys belong to, WebAuthn's RP id. It is the host of the page. If an
/// address of `--origin` is the same host or a parent of it, it is the host of that address, so
/// that `chat.example.com` and `example.com` can share their passkeys.
public final class RelyingParty {
    /// Neither an IPv4 address nor an IPv6 one: browsers make no passkeys for them.
    private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9.-]+");

    private final List<String> configured;

    /// Takes the addresses of the chat.
    ///
    /// @param origins the addresses of `--origin`
    public RelyingParty(List<String> origins) {
        configured = origins.stream().flatMap(origin -> host(origin).stream()).toList();
    }

    private static Optional<String> host(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getHost())
                    .map(host -> host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The RP id for a page; empty where browsers have no passkeys: without https, except on
    /// `localhost`, and at an address without a name.
    ///
    /// @param origin the page's, null for none
    public Optional<String> id(@Nullable String origin) {
        Optional<String> host = origin == null ? Optional.empty() : host(origin);
        if (host.isEmpty() || !NAME.matcher(host.get()).matches()) {
            return Optional.empty();
        }
        String name = host.get();
        boolean local = name.equals("localhost") || name.endsWith(".localhost");
        if (!local && !String.valueOf(origin).startsWith("https://")) {
            return Optional.empty();
        }
        return Optional.of(
                configured.stream()
                        .filter(each -> name.equals(each) || name.endsWith("." + each))
                        .findFirst()
                        .orElse(name));
    }
}
