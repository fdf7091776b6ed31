package io.natter.chat.web;

import io.natter.chat.config.ConfigException;
import io.natter.chat.config.Setting;
import io.natter.chat.config.Settings;
import io.natter.chat.config.Value;
import io.natter.chat.webhooks.WebhookAddresses;
import io.natter.host.ForwardedClientAddress;
import io.natter.netty.Tls;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the settings and makes the configuration of them.
final class ConfigReader {
    private final Settings settings;

    private ConfigReader(Settings settings) {
        this.settings = settings;
    }

    /// @throws ConfigException for the first setting that cannot be used
    static ChatConfig read(Settings settings) throws ConfigException {
        ConfigReader reader = new ConfigReader(settings);
        return new ChatConfig(
                settings.get(Setting.HOST).text(),
                reader.port(),
                reader.path(Setting.DATA),
                reader.origins(),
                reader.trustedProxies(),
                reader.tls(),
                OpenIdConfigReader.read(settings),
                reader.webhookNetworks(),
                new OperatingReader(settings).read());
    }

    private int port() throws ConfigException {
        Value value = settings.get(Setting.PORT);
        try {
            int number = Integer.parseInt(value.text());
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException _) {
            // the same sentence
        }
        throw value.wrong("is a number from 0 to 65535, not %s.".formatted(value.text()));
    }

    private Path path(Setting setting) throws ConfigException {
        Value value = settings.get(setting);
        try {
            return Path.of(value.text());
        } catch (InvalidPathException _) {
            throw value.wrong("is a path, not %s.".formatted(value.text()));
        }
    }

    private List<String> origins() throws ConfigException {
        Value value = settings.get(Setting.ORIGIN);
        for (String origin : value.list()) {
            if (!isOrigin(origin)) {
                throw value.wrong(
                        "looks like https://chat.example.com, without a path; not %s."
                                .formatted(origin));
            }
        }
        return value.list();
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && text.equalsIgnoreCase(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private List<String> trustedProxies() throws ConfigException {
        Value value = settings.get(Setting.TRUSTED_PROXIES);
        try {
            var _ = ForwardedClientAddress.trusting(value.list());
            return value.list();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(value.source() + ": " + e.getMessage() + ".");
        }
    }

    private List<String> webhookNetworks() throws ConfigException {
        Value value = settings.get(Setting.WEBHOOK_NETWORKS);
        try {
            var _ = new WebhookAddresses(value.list());
            return value.list();
        } catch (IllegalArgumentException _) {
            throw value.wrong(
                    "is a list of addresses (192.0.2.7), networks (10.0.0.0/8) or the word loopback, not %s."
                            .formatted(value.text()));
        }
    }

    private @Nullable Tls tls() throws ConfigException {
        Value certificate = settings.get(Setting.TLS_CERT);
        Value key = settings.get(Setting.TLS_KEY);
        if (!certificate.isSet() && !key.isSet()) {
            return null;
        }
        if (!certificate.isSet()) {
            throw key.wrong("needs %s as well.".formatted(Setting.TLS_CERT.flag()));
        }
        if (!key.isSet()) {
            throw certificate.wrong("needs %s as well.".formatted(Setting.TLS_KEY.flag()));
        }
        Tls tls = Tls.pem(path(Setting.TLS_CERT), path(Setting.TLS_KEY));
        try {
            tls.check();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(certificate.source() + ": " + e.getMessage() + ".");
        }
        return tls;
    }
}
