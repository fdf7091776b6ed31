package io.natter.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `bin/conformance`: starts a server of one [Mode], prints `READY N`, and serves until
/// it is told to stop.
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "A server for the test suites of Socket.IO and Engine.IO clients.",
        footer = "%nOne server of a cluster: conformance cluster --help")
public final class Conformance implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODE",
            converter = ModeName.class,
            completionCandidates = ModeName.class,
            description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses to run
    private Mode mode;

    @Option(names = "--port", defaultValue = "3000", description = "0 for any free one")
    private int port;

    @Option(names = "--host", description = "the address to listen on; all by default")
    private @Nullable String host;

    @Option(
            names = "--server",
            defaultValue = "netty",
            paramLabel = "NAME",
            converter = ServerName.class,
            completionCandidates = ServerName.class,
            description = "the host: ${COMPLETION-CANDIDATES}; netty by default")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses to run
    private TestedHost server;

    @Option(names = "--eio3", description = "engine: allow clients of protocol 3")
    private boolean eio3;

    @Option(names = "--tls", description = "java-client: HTTPS, with a certificate made for it")
    private boolean tls;

    @Option(
            names = "--options",
            paramLabel = "FILE",
            description = "plain: JSON with options by the names that Node.js uses")
    private @Nullable Path options;

    /// Runs the command.
    public static void main(String[] args) {
        boolean cluster = args.length > 0 && args[0].equals("cluster");
        int exit =
                cluster
                        ? new CommandLine(new ClusterCommand())
                                .execute(Arrays.copyOfRange(args, 1, args.length))
                        : new CommandLine(new Conformance()).execute(args);
        System.exit(exit);
    }

    @Override
    public Integer call() throws Exception {
        var settings = new Mode.Settings(eio3, optionsJson());
        var endpoint = mode.endpoint(settings);
        var certificate = tls ? TestCertificate.make() : null;
        var running = server.start(endpoint, new TestedHost.Settings(host, port, certificate));
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    running.close();
                                    stopped.countDown();
                                }));
        WarmUp.run(running.address(), mode, endpoint, certificate, WarmUp.BOUND);
        System.out.println("READY " + running.address().getPort());
        stopped.await();
        return 0;
    }

    private String optionsJson() throws IOException {
        return options == null ? "{}" : Files.readString(options);
    }
}
