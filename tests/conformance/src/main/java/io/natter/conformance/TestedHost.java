package io.natter.conformance;

import io.natter.host.Endpoint;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A host that the conformance servers and the suites run on. To test another host, implement this
/// and name the class in `META-INF/services/io.natter.conformance.TestedHost`.
public interface TestedHost {
    /// The name for `--server`, in lower case.
    String name();

    /// Starts a host that carries `endpoint`. It must listen when this returns.
    RunningHost start(Endpoint endpoint, Settings settings) throws Exception;

    /// Where a host listens.
    ///
    /// @param address the address, or null for all of the machine
    /// @param port the port, or 0 for any free one
    /// @param certificate for TLS, or null for plain HTTP
    record Settings(@Nullable String address, int port, @Nullable TestCertificate certificate) {
        /// A free port of this machine, which others do not reach.
        public static final Settings LOCAL = new Settings("127.0.0.1", 0, null);
    }

    /// A host that was started.
    interface RunningHost extends AutoCloseable {
        /// The address on which it listens.
        InetSocketAddress address();

        /// Closes the host and its endpoint, and waits for both.
        @Override
        void close();
    }

    /// All hosts on the class path, by their names.
    static List<TestedHost> all() {
        return ServiceLoader.load(TestedHost.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(TestedHost::name))
                .toList();
    }

    /// The host with that name.
    ///
    /// @throws IllegalArgumentException if there is none; names those that there are
    static TestedHost named(String name) {
        var all = all();
        return all.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no server '%s', but %s"
                                                .formatted(
                                                        name,
                                                        all.stream()
                                                                .map(TestedHost::name)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }
}
