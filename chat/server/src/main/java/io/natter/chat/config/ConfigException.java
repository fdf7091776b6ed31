package io.natter.chat.config;

import java.io.Serial;

/// A setting cannot be used. The message is one sentence that names the place of the setting.
public final class ConfigException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    /// A setting that cannot be used, as the sentence says.
    public ConfigException(String message) {
        super(message);
    }
}
