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
/// @param operating options for the operator
public record ChatConfig(
        String host,
        int port,
        Path data,
        List<String> origins,
        List<String> trustedProxies,
        @Nullable Tls tls,
        @Nullable OpenIdConfig openId,
        Operating operating) {
    /// A chat with the defaults for the operator.
    public ChatConfig(
            String host,
            int port,
            Path data,
            List<String> origins,
            List<String> trustedProxies,
            @Nullable Tls tls,
            @Nullable OpenIdConfig openId) {
        this(host, port, data, origins, trustedProxies, tls, openId, Operating.DEFAULT);
    }

    /// A chat without TLS and OpenID Connect.
    public ChatConfig(
            String host, int port, Path data, List<String> origins, List<String> trustedProxies) {
        this(host, port, data, origins, trustedProxies, null, null);
    }

    /// A chat without OpenID Connect.
    public ChatConfig(
            String host,
            int port,
            Path data,
            List<String> origins,
            List<String> trustedProxies,
            @Nullable Tls tls) {
        this(host, port, data, origins, trustedProxies, tls, null);
    }
}
