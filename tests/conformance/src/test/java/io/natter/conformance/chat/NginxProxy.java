package io.natter.conformance.chat;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real nginx before a chat that is below a path. Everything else of the host is another program.
final class NginxProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final Process process;

    private NginxProxy(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /// A free port, for the chat's `--origin` before nginx runs.
    static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /// Starts nginx with the configuration that `docs/operating.md` shows.
    ///
    /// @param folder in which it writes
    static NginxProxy start(Path folder, int port, String basePath, URI chat) throws IOException {
        Files.createDirectories(folder);
        var temporary = new StringBuilder();
        for (var kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary.append("%s_temp_path %s/%s;%n".formatted(kind, folder, kind));
        }
        Path configuration =
                Files.writeString(
                        folder.resolve("nginx.conf"),
                        """
                        daemon off; master_process off; pid %1$s/pid; error_log %1$s/errors;
                        events { worker_connections 256; }
                        http {
                            access_log off;
                            client_max_body_size 2m;
                            %2$s
                            map $http_upgrade $connection_upgrade { default upgrade; '' close; }
                            server {
                                listen 127.0.0.1:%3$d;
                                location / { return 200 "another program"; }
                                location %4$s/ {
                                    proxy_pass http://127.0.0.1:%5$d;
                                    proxy_http_version 1.1;
                                    proxy_set_header Host $http_host;
                                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                                    proxy_set_header Upgrade $http_upgrade;
                                    proxy_set_header Connection $connection_upgrade;
                                }
                                location = %4$s { return 301 %4$s/; }
                            }
                        }
                        """
                                .formatted(folder, temporary, port, basePath, chat.getPort()));
        var builder =
                new ProcessBuilder(
                        "nginx", "-p", folder.toString(), "-c", configuration.toString());
        Map<String, String> environment = new HashMap<>(builder.environment());
        builder.environment().put("PATH", environment.getOrDefault("PATH", "") + ":/usr/sbin");
        var started =
                builder.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        await().atMost(PATIENCE).until(() -> listens(port));
        return new NginxProxy(port, started);
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
