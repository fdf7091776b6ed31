package io.natter.chat.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;

/// A logged stack trace by [SafeText], as `%safeEx` in logback.xml.
public final class SafeThrowableConverter extends ThrowableProxyConverter {
    private static final int MAX = 8000;

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return SafeText.lines(super.throwableProxyToString(thrown), MAX);
    }
}
