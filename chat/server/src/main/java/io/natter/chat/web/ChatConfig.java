package io.natter.chat.web;

import io.natter.chat.openid.OpenIdConfig;
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
/// @param openId null without an OpenID Connect provider
/// @param webhookNetworks networks besides the public internet that outgoing webhooks may reach
/// @param operating options for the operator
public record ChatConfig(
        String host,
        int port,
        Path data,
        List<String> origins,
        List<String> trustedProxies,
        @Nullable Tls tls,
        @Nullable OpenIdConfig openId,
        List<String> webhookNetworks,
        Operating operating) {
    /// A chat with these, and the defaults for all else.
    public ChatConfig(
            String host,
            int port,
            Path data,
            List<String> origins,
            List<String> trustedProxies,
            @Nullable Tls tls) {
        this(host, port, data, origins, trustedProxies, tls, null, List.of(), Operating.DEFAULT);
    }

    /// A chat without TLS.
    public ChatConfig(
            String host, int port, Path data, List<String> origins, List<String> trustedProxies) {
        this(host, port, data, origins, trustedProxies, null);
    }

    public ChatConfig withOpenId(OpenIdConfig provider) {
        return new ChatConfig(
                host,
                port,
                data,
                origins,
                trustedProxies,
                tls,
                provider,
                webhookNetworks,
                operating);
    }

    public ChatConfig withWebhookNetworks(String... networks) {
        return new ChatConfig(
                host,
                port,
                data,
                origins,
                trustedProxies,
                tls,
                openId,
                List.of(networks),
                operating);
    }

    public ChatConfig withOperating(Operating options) {
        return new ChatConfig(
                host, port, data, origins, trustedProxies, tls, openId, webhookNetworks, options);
    }
}
