package io.natter.host;

import java.time.Duration;

/// Limits of a host's HTTP.
///
/// @param maxRequestLine bytes of a request line; more is answered with 414. Default 16 KiB
/// @param maxHeaders bytes of all headers of a request; more is answered with 431. Default 16 KiB
/// @param maxHeaderCount headers of a request; more is answered with 431. Default 100
/// @param headTimeout from connecting to the end of the first request's headers. Default 10 s
/// @param bodyTimeout a body that has come in this time, from the end of the headers, may have any
///   speed. Afterwards a body must keep to `minBodyRate`. Default 30 s
/// @param minBodyRate bytes a second at which a body must come that takes longer than
///   `bodyTimeout`; a slower one is answered with 408. Default 1 KiB
/// @param maxBodyTime from the end of the headers to the end of the body, at any speed; a longer
///   body is answered with 408. Default 5 min
/// @param idleTimeout from an answer to the end of the next request's headers. A client that takes
///   nothing of an answer for so long is closed, too. Default 75 s
public record HttpLimits(
        int maxRequestLine,
        int maxHeaders,
        int maxHeaderCount,
        Duration headTimeout,
        Duration bodyTimeout,
        int minBodyRate,
        Duration maxBodyTime,
        Duration idleTimeout) {

    private static final int MAX_HEADER_COUNT = 100;
    private static final int MIN_BODY_RATE = 1024;
    private static final Duration MAX_BODY_TIME = Duration.ofMinutes(5);

    /// The defaults named above.
    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    16 * 1024,
                    16 * 1024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(75));

    /// Limits with the default number of headers and the default speed of bodies.
    public HttpLimits(
            int maxRequestLine,
            int maxHeaders,
            Duration headTimeout,
            Duration bodyTimeout,
            Duration idleTimeout) {
        this(
                maxRequestLine,
                maxHeaders,
                MAX_HEADER_COUNT,
                headTimeout,
                bodyTimeout,
                MIN_BODY_RATE,
                MAX_BODY_TIME,
                idleTimeout);
    }

    /// These limits with another number of headers.
    public HttpLimits withMaxHeaderCount(int count) {
        return new HttpLimits(
                maxRequestLine,
                maxHeaders,
                count,
                headTimeout,
                bodyTimeout,
                minBodyRate,
                maxBodyTime,
                idleTimeout);
    }

    /// These limits with another speed of bodies.
    ///
    /// @param timeout see `bodyTimeout`
    /// @param minRate see `minBodyRate`
    /// @param maxTime see `maxBodyTime`
    public HttpLimits withBody(Duration timeout, int minRate, Duration maxTime) {
        return new HttpLimits(
                maxRequestLine,
                maxHeaders,
                maxHeaderCount,
                headTimeout,
                timeout,
                minRate,
                maxTime,
                idleTimeout);
    }
}
