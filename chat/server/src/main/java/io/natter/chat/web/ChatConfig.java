package io.natter.chat.web;

import java.nio.file.Path;
import java.util.List;

/// How a chat is to run.
///
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param data the directory with the database
/// @param origins addresses by which browsers reach it besides the obvious, as in
///   `https://chat.example.com`
/// @param trustedProxies whose `X-Forwarded-For` is believed, see
///   [io.natter.host.ForwardedClientAddress#trusting]
public record ChatConfig(
        String host, int port, Path data, List<String> origins, List<String> trustedProxies) {}
