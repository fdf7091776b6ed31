package io.natter.chat.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Writes each logged event as one line of JSON: `time`, `level`, `logger`, `message`, the
/// [LogField]s of the message, and `stack`.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final String APPENDER = "err";
    private static final int MAX_STACK = 8000;

    private final ObjectWriter json = JsonMapper.builder().build().writer();

    /// Switches the appender of the chat's own `logback.xml` to JSON lines. Another file of Logback
    /// decides for itself.
    public static void use() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            use(context);
        }
    }

    static void use(LoggerContext context) {
        var appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
        if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
            JsonLines lines = new JsonLines();
            lines.setContext(context);
            lines.start();
            console.stop();
            console.setEncoder(lines);
            console.start();
        }
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", SafeText.line(String.valueOf(event.getFormattedMessage())));
        Object[] arguments = event.getArgumentArray();
        if (arguments != null) {
            for (Object each : arguments) {
                if (each instanceof LogField field) {
                    line.putIfAbsent(field.name(), field.value());
                }
            }
        }
        if (event.getThrowableProxy() != null) {
            line.put(
                    "stack",
                    SafeText.lines(
                            ThrowableProxyUtil.asString(event.getThrowableProxy()), MAX_STACK));
        }
        return (json.writeValueAsString(line) + "\n").getBytes(UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
