package io.natter.chat.web;

import io.natter.chat.command.Commands;
import io.natter.chat.command.SettingOptions;
import io.natter.chat.config.ConfigException;
import io.natter.chat.config.NearestName;
import io.natter.chat.config.Setting;
import io.natter.chat.log.JsonLines;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.watch.ClockWatch;
import java.net.BindException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command that runs the chat. Exit codes: 1 when it cannot run, 2 when a setting is wrong, 143
/// (the JVM's own) after SIGTERM, on which it stops in good order.
@Command(
        name = "natter-chat",
        description = "A chat of your own: one program, one folder with everything said.",
        mixinStandardHelpOptions = true,
        version = "Natter 0.1.0",
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "Each setting may also be an environment variable (--tls-cert: NATTER_TLS_CERT) or a",
            "line of the file that --config names (tls-cert = FILE). A flag goes before the",
            "environment, the environment before the file."
        })
public final class ChatMain implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    private final InstantSource clock;

    private ChatMain(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        return command(System.getenv());
    }

    static CommandLine command(Map<String, String> environment) {
        return command(environment, InstantSource.system());
    }

    static CommandLine command(Map<String, String> environment, InstantSource clock) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new ChatMain(environment, clock));
        SettingOptions.add(spec, EnumSet.allOf(Setting.class));
        CommandLine line = new CommandLine(spec);
        Commands.add(line, environment);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(ChatMain::explain)
                .setExecutionExceptionHandler(ChatMain::fail);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!ClockWatch.isSet(clock)) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "The clock of this machine says %s. Set it, for example with timedatectl, and start again."
                                    .formatted(
                                            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
            return 1;
        }
        ChatConfig config;
        ChatServer server;
        try {
            config = ConfigReader.read(SettingOptions.read(spec, environment));
            if (config.operating().jsonLog()) {
                JsonLines.use();
            }
            server = ChatServer.start(config);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
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
        new StartText(config, server.port(), StartText.findNetwork(), isTerminal())
                .lines(server.setupSecret())
                .forEach(out::println);
        if (!server.hasPage()) {
            out.println("The page is not part of this build; bin/chat builds it.");
        }
        out.flush();
        stopped.await();
        return 0;
    }

    /// Whether a person sees the output, with the characters of a QR code. In JDK 25 there is no
    /// console when the output goes elsewhere.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        var console = System.console();
        return console != null
                && console.isTerminal()
                && console.charset().newEncoder().canEncode('█');
    }

    /// The reason, if the database is it. Anything else is a fault of the program, and is shown
    /// with its stack trace.
    private static int fail(Exception e, CommandLine line, ParseResult arguments) throws Exception {
        String sentence = StoreUnavailableException.sentence(e).orElse("");
        if (sentence.isEmpty()) {
            throw e;
        }
        line.getErr().println(sentence);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// One line that says what is wrong, and where to look.
    private static int explain(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        String said = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            String unknown = unmatched.getUnmatched().getFirst();
            var names =
                    unknown.startsWith("-")
                            ? line.getCommandSpec().optionsMap().keySet()
                            : line.getSubcommands().keySet();
            said =
                    "There is no %s %s%s."
                            .formatted(
                                    unknown.startsWith("-") ? "option" : "command",
                                    unknown,
                                    NearestName.of(unknown, names)
                                            .map(name -> ", did you mean " + name)
                                            .orElse(""));
        }
        line.getErr().println(said + " Try --help.");
        return CommandLine.ExitCode.USAGE;
    }
}
