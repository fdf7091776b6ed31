package io.natter.chat.web;

import io.natter.chat.config.ConfigException;
import io.natter.chat.config.Setting;
import io.natter.chat.config.Settings;
import io.natter.chat.config.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Checks the settings for the operator.
final class OperatingReader {
    private static final Pattern BASE_PATH =
            Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,200}");
    private static final Pattern HASH = Pattern.compile("\\$[!-~]{20,300}");

    private final Settings settings;

    OperatingReader(Settings settings) {
        this.settings = settings;
    }

    /// @throws ConfigException for the first setting that cannot be used
    Operating read() throws ConfigException {
        return new Operating(
                basePath(), metricsToken(), slow(), jsonLog(), adminUiPassword(), effective());
    }

    private String basePath() throws ConfigException {
        Value value = settings.get(Setting.BASE_PATH);
        String path = value.text().replaceFirst("/+$", "");
        if (!path.isEmpty() && !BASE_PATH.matcher(path).matches()) {
            throw value.wrong("looks like /chat; not %s.".formatted(value.text()));
        }
        return path;
    }

    private Optional<String> metricsToken() throws ConfigException {
        Value value = settings.get(Setting.METRICS_TOKEN);
        if (value.isSet() && !TOKEN.matcher(value.text()).matches()) {
            throw value.wrong("is 16 to 200 letters, digits and signs without spaces.");
        }
        return given(value);
    }

    private Duration slow() throws ConfigException {
        Value value = settings.get(Setting.SLOW_LOG);
        if (!value.text().matches("[0-9]{1,7}")) {
            throw value.wrong("is a number of milliseconds, not %s.".formatted(value.text()));
        }
        return Duration.ofMillis(Long.parseLong(value.text()));
    }

    private boolean jsonLog() throws ConfigException {
        Value value = settings.get(Setting.LOG_FORMAT);
        return switch (value.text()) {
            case "json" -> true;
            case "text" -> false;
            default -> throw value.wrong("is text or json, not %s.".formatted(value.text()));
        };
    }

    private Optional<String> adminUiPassword() throws ConfigException {
        Value value = settings.get(Setting.ADMIN_UI_PASSWORD);
        if (value.isSet() && !HASH.matcher(value.text()).matches()) {
            throw value.wrong(
                    "is a hash of bcrypt or Argon2, such as $2b$10$…, not the password itself.");
        }
        return given(value);
    }

    private static Optional<String> given(Value value) {
        return value.isSet() ? Optional.of(value.text()) : Optional.empty();
    }

    private List<Operating.EffectiveSetting> effective() {
        return Arrays.stream(Setting.values())
                .map(
                        setting -> {
                            Value value = settings.get(setting);
                            boolean hidden = setting.isSecret() && value.isSet();
                            return new Operating.EffectiveSetting(
                                    setting.key(),
                                    hidden ? "(hidden)" : value.text(),
                                    value.text().equals(setting.defaultText())
                                            ? ""
                                            : value.source());
                        })
                .toList();
    }
}
