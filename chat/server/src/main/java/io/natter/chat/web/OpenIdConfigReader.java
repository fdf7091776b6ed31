package io.natter.chat.web;

import io.natter.chat.config.ConfigException;
import io.natter.chat.config.Setting;
import io.natter.chat.config.Settings;
import io.natter.chat.config.Value;
import io.natter.chat.openid.OpenIdConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Checks the settings of OpenID Connect.
final class OpenIdConfigReader {
    private static final int LONGEST_LABEL = 40;

    private final Settings settings;

    private OpenIdConfigReader(Settings settings) {
        this.settings = settings;
    }

    /// Null without a provider.
    ///
    /// @throws ConfigException for the first setting that cannot be used
    static @Nullable OpenIdConfig read(Settings settings) throws ConfigException {
        OpenIdConfigReader reader = new OpenIdConfigReader(settings);
        if (!settings.get(Setting.OIDC_ISSUER).isSet()) {
            reader.refuseOthers();
            return null;
        }
        return new OpenIdConfig(
                reader.issuer(),
                reader.clientId(),
                reader.secret(),
                reader.scopes(),
                reader.label(),
                reader.yes(Setting.OIDC_CREATE),
                settings.get(Setting.OIDC_NAME_CLAIM).text(),
                settings.get(Setting.OIDC_EMAIL_DOMAINS).list().stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .toList(),
                reader.required(),
                reader.yes(Setting.OIDC_ONLY));
    }

    /// An option without a provider would silently do nothing.
    private void refuseOthers() throws ConfigException {
        for (Setting setting : Setting.values()) {
            Value value = settings.get(setting);
            if (setting.key().startsWith("oidc-") && !value.text().equals(setting.defaultText())) {
                throw value.wrong("needs %s as well.".formatted(Setting.OIDC_ISSUER.flag()));
            }
        }
    }

    private String issuer() throws ConfigException {
        Value value = settings.get(Setting.OIDC_ISSUER);
        try {
            URI uri = URI.create(value.text());
            String host = uri.getHost();
            boolean local = "localhost".equals(host) || "127.0.0.1".equals(host);
            boolean scheme =
                    "https".equals(uri.getScheme()) || (local && "http".equals(uri.getScheme()));
            if (host != null
                    && scheme
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                return value.text();
            }
        } catch (IllegalArgumentException _) {
            // the same sentence
        }
        throw value.wrong(
                "looks like https://id.example.com/realms/us; not %s.".formatted(value.text()));
    }

    private String clientId() throws ConfigException {
        Value value = settings.get(Setting.OIDC_CLIENT_ID);
        if (!value.isSet()) {
            throw settings.get(Setting.OIDC_ISSUER)
                    .wrong("needs %s as well.".formatted(Setting.OIDC_CLIENT_ID.flag()));
        }
        return value.text();
    }

    private String secret() throws ConfigException {
        Value text = settings.get(Setting.OIDC_CLIENT_SECRET);
        Value file = settings.get(Setting.OIDC_CLIENT_SECRET_FILE);
        if (!file.isSet()) {
            return text.text();
        }
        if (text.isSet()) {
            throw file.wrong(
                    "cannot be used with %s.".formatted(Setting.OIDC_CLIENT_SECRET.flag()));
        }
        try {
            String secret = Files.readString(Path.of(file.text())).strip();
            if (!secret.isEmpty() && secret.length() <= 4096) {
                return secret;
            }
        } catch (IOException | InvalidPathException _) {
            // the same sentence
        }
        throw file.wrong("names a readable file with the secret, not %s.".formatted(file.text()));
    }

    private List<String> scopes() throws ConfigException {
        Value value = settings.get(Setting.OIDC_SCOPES);
        List<String> scopes = Arrays.asList(value.text().strip().split("[\\s,]+", -1));
        if (!scopes.contains("openid")) {
            throw value.wrong("contains openid.");
        }
        return scopes;
    }

    private String label() throws ConfigException {
        Value value = settings.get(Setting.OIDC_LABEL);
        String label = value.text().strip();
        if (label.isEmpty() || label.length() > LONGEST_LABEL) {
            throw value.wrong("has 1 to %d characters.".formatted(LONGEST_LABEL));
        }
        return label;
    }

    private boolean yes(Setting setting) throws ConfigException {
        Value value = settings.get(setting);
        return switch (value.text()) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw value.wrong("is yes or no, not %s.".formatted(value.text()));
        };
    }

    private OpenIdConfig.@Nullable Requirement required() throws ConfigException {
        Value value = settings.get(Setting.OIDC_REQUIRE);
        if (!value.isSet()) {
            return null;
        }
        int equals = value.text().indexOf('=');
        if (equals < 1 || equals == value.text().length() - 1) {
            throw value.wrong("looks like groups=chat, not %s.".formatted(value.text()));
        }
        return new OpenIdConfig.Requirement(
                value.text().substring(0, equals).strip(),
                value.text().substring(equals + 1).strip());
    }
}
