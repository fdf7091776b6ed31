package io.natter.chat.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The options for the operator.
///
/// @param basePath the path below which browsers reach the chat, as in `/chat`; empty for `/`
/// @param metricsToken the bearer token for `/metrics`; empty for no metrics
/// @param slow operations of so much time or more are logged; zero for none
/// @param jsonLog whether the log is JSON lines
/// @param adminUiPassword the hash of the password of the Socket.IO Admin UI; empty for none
/// @param settings all settings as they are in force, for the admin page
public record Operating(
        String basePath,
        Optional<String> metricsToken,
        Duration slow,
        boolean jsonLog,
        Optional<String> adminUiPassword,
        List<EffectiveSetting> settings) {
    public static final Operating DEFAULT =
            new Operating(
                    "",
                    Optional.empty(),
                    Duration.ofSeconds(1),
                    false,
                    Optional.empty(),
                    List.of());

    /// A setting with the place where it was set.
    ///
    /// @param value `(hidden)` for a secret
    /// @param source empty for the default
    public record EffectiveSetting(String name, String value, String source) {}

    public Operating withBasePath(String path) {
        return new Operating(path, metricsToken, slow, jsonLog, adminUiPassword, settings);
    }

    Operating withMetricsToken(String token) {
        return new Operating(
                basePath, Optional.of(token), slow, jsonLog, adminUiPassword, settings);
    }

    Operating withSlow(Duration time) {
        return new Operating(basePath, metricsToken, time, jsonLog, adminUiPassword, settings);
    }

    Operating withAdminUiPassword(String hash) {
        return new Operating(basePath, metricsToken, slow, jsonLog, Optional.of(hash), settings);
    }
}
