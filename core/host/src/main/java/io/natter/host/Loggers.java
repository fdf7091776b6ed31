package io.natter.host;

import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/// The loggers of Natter: those of SLF4J, or those of `java.util.logging` if SLF4J has no provider.
/// SLF4J alone would then drop every error without a trace. Netty does the same. Any thread.
public final class Loggers {
    private static final boolean SLF4J = hasProvider();

    private Loggers() {}

    /// The logger with the name of a class.
    public static Logger of(Class<?> user) {
        return SLF4J ? LoggerFactory.getLogger(user) : new JdkLogger(user.getName());
    }

    private static boolean hasProvider() {
        // The provider slf4j-nop has the same factory as none. It asks for silence.
        boolean found =
                !(LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory)
                        || ServiceLoader.load(
                                        SLF4JServiceProvider.class,
                                        LoggerFactory.class.getClassLoader())
                                .findFirst()
                                .isPresent();
        if (!found) {
            new JdkLogger("io.natter")
                    .info("SLF4J has no provider. Natter logs to java.util.logging instead");
        }
        return found;
    }
}
