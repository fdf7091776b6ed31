package io.natter.chat.web;

import io.natter.netty.Tls;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a chat is to run.
///
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param data the directory with the database
/// @param origins addresses by which browsers reach it besides the obvious, as in
///   `https://chat.example.com`
/// @param trustedProxies whose `X-Forwarded-For` is believed, see
///   [io.natter.host.ForwardedClientAddress#trusting]
/// @param tls null for plain HTTP
/// @param webhookNetworks networks besides the public internet that outgoing webhooks may reach
public record ChatConfig(
        String host,
        int port,
        Path data,
        List<String> origins,
        List<String> trustedProxies,
        @Nullable Tls tls,
        List<String> webhookNetworks) {
    /// A chat whose webhooks reach the public internet alone.
    public ChatConfig(
            String host,
            int port,
            Path data,
            List<String> origins,
            List<String> trustedProxies,
            @Nullable Tls tls) {
        this(host, port, data, origins, trustedProxies, tls, List.of());
    }

    /// A chat without TLS.
    public ChatConfig(
            String host, int port, Path data, List<String> origins, List<String> trustedProxies) {
        this(host, port, data, origins, trustedProxies, null);
    }
}
