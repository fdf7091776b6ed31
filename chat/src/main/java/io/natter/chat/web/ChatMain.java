package io.natter.chat.web;

import io.natter.chat.store.StoreUnavailableException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
            defaultValue = "${env:PORT:-3000}",
            description = "Port to listen on; 0 for any free one. Default: $PORT, else 3000.")
    private int port;

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

    private ChatMain() {}

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        return new CommandLine(new ChatMain()).setParameterExceptionHandler(ChatMain::explain);
    }

    @Override
    public Integer call() throws InterruptedException {
        ChatConfig config = new ChatConfig(host, checkedPort(), data, checkedOrigins());
        ChatServer server;
        try {
            server = ChatServer.start(config);
        } catch (StoreUnavailableException | BindException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("natter-stop")
                                .unstarted(
                                        () -> {
                                            server.close();
                                            stopped.countDown();
                                        }));
        var out = spec.commandLine().getOut();
        out.println("Natter is at " + address(config.host(), server.port()));
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
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "A port is a number from 0 to 65535, not " + port + ".");
        }
        return port;
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
