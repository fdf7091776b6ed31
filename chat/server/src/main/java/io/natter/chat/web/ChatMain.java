package io.natter.chat.web;

import io.natter.chat.store.StoreUnavailableException;
import io.natter.host.ForwardedClientAddress;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command that runs the chat. Exit codes: 1 when it cannot run, 2 when the command line is
/// wrong, 143 (the JVM's own) after SIGTERM, on which it stops in good order.
@Command(
        name = "natter-chat",
        description = "A chat of your own: one program, one file with everything said.",
        mixinStandardHelpOptions = true,
        version = "Natter 0.1.0",
        sortOptions = false)
public final class ChatMain implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on; 0 for any free one. Default: $PORT, else 3000.")
    private @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; 0.0.0.0 for all. Default: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "Directory with the database. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("");

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description =
                    "An address by which browsers reach the chat, as in https://chat.example.com;"
                            + " needed behind a proxy. May be given several times.")
    private List<String> origins = new ArrayList<>();

    @Option(
            names = "--trusted-proxies",
            paramLabel = "LIST",
            split = ",",
            description =
                    "Addresses (192.0.2.7) or networks (10.0.0.0/8) of the proxies before the chat,"
                            + " or the word loopback, separated by commas. Their X-Forwarded-For"
                            + " says whose a request is. Default: none.")
    private List<String> trustedProxies = new ArrayList<>();

    private final Map<String, String> environment;

    private ChatMain(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        return command(System.getenv());
    }

    static CommandLine command(Map<String, String> environment) {
        return new CommandLine(new ChatMain(environment))
                .setParameterExceptionHandler(ChatMain::explain);
    }

    @Override
    public Integer call() throws InterruptedException {
        ChatConfig config =
                new ChatConfig(
                        host, checkedPort(), data, checkedOrigins(), checkedTrustedProxies());
        ChatServer server;
        try {
            server = ChatServer.start(config);
        } catch (StoreUnavailableException | BindException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Shutdown.onExit(
                () -> {
                    server.close();
                    stopped.countDown();
                });
        var out = spec.commandLine().getOut();
        String address = address(config.host(), server.port());
        out.println("Natter is at " + address);
        server.setupSecret()
                .ifPresent(
                        secret ->
                                out.println(
                                        "To own this place, open "
                                                + address
                                                + "/#setup="
                                                + secret));
        if (!server.hasPage()) {
            out.println("The page is not part of this build; bin/chat builds it.");
        }
        out.flush();
        stopped.await();
        return 0;
    }

    private static String address(String host, int port) {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return "http://" + (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port;
    }

    private int checkedPort() {
        String option = port;
        return option == null
                ? port(environment.getOrDefault("PORT", "3000"), "The environment variable PORT")
                : port(option, "--port");
    }

    private int port(String text, String source) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException _) {
            // the same sentence
        }
        throw new ParameterException(
                spec.commandLine(),
                "%s is a number from 0 to 65535, not %s.".formatted(source, text));
    }

    private List<String> checkedTrustedProxies() {
        try {
            var _ = ForwardedClientAddress.trusting(trustedProxies);
            return List.copyOf(trustedProxies);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--trusted-proxies: " + e.getMessage() + ".", e);
        }
    }

    private List<String> checkedOrigins() {
        for (String origin : origins) {
            if (!isOrigin(origin)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "An origin looks like https://chat.example.com, without a path; not "
                                + origin
                                + ".");
            }
        }
        return List.copyOf(origins);
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

    /// One line that says what is wrong, and where to look.
    private static int explain(ParameterException e, String[] arguments) {
        var err = e.getCommandLine().getErr();
        err.println(e.getMessage() + " Try --help.");
        return CommandLine.ExitCode.USAGE;
    }
}
