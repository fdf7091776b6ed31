package io.natter.chat.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;

/// A logged message by [SafeText], as `%safe` in logback.xml.
public final class SafeMessageConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        @Nullable String message = event.getFormattedMessage();
        return message == null ? "" : SafeText.line(message);
    }
}
