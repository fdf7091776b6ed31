package io.natter.netty;

import java.time.Duration;

/// Bounds of a host's HTTP.
///
/// @param maxRequestLine bytes of a request line; more is answered with 414. Default 16 KiB
/// @param maxHeaders bytes of all headers of a request; more is answered with 431. Default 16 KiB
/// @param headTimeout from connecting to the end of the first request's headers. Default 10 s
/// @param bodyTimeout from the end of the headers to the end of the body. Default 30 s
/// @param idleTimeout from an answer to the end of the next request's headers. Default 75 s
public record HttpRules(
        int maxRequestLine,
        int maxHeaders,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration idleTimeout) {

    /// The defaults named above.
    public static final HttpRules DEFAULT =
            new HttpRules(
                    16 * 1024,
                    16 * 1024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(75));
}
