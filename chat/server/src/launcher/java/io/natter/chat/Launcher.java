package io.natter.chat;

/// Starts the chat, if this Java is new enough for it. An old Java can run this class, so that it
/// ends with a sentence. Of the others it would report an `UnsupportedClassVersionError`.
public final class Launcher {
    private static final int NEEDED = 25;

    private Launcher() {}

    /// Whether the chat needs a newer Java.
    ///
    /// @param version such as `17`; up to Java 8 such as `1.8`
    public static boolean isTooOld(String version) {
        return Double.parseDouble(version) < NEEDED;
    }

    /// Starts the chat.
    ///
    /// @param arguments of the command line
    public static void main(String[] arguments) throws Exception {
        String version = System.getProperty("java.specification.version");
        if (isTooOld(version)) {
            System.err.println(
                    "Natter needs Java "
                            + NEEDED
                            + " or later, and this is Java "
                            + version
                            + " in "
                            + System.getProperty("java.home")
                            + ". Install a newer one, or take the package that brings its own.");
            System.exit(1);
        }
        Class.forName("io.natter.chat.web.ChatMain")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
