package io.natter.chat.domain;

import java.time.Duration;

/// A browser that is signed in.
///
/// @param id [SessionToken#hash] of its token; not a credential
public record Session(String id, Person person) {
    /// A session nobody used for so long is over.
    public static final Duration MAX_IDLE = Duration.ofDays(30);

    /// A session is over so long after it was opened, used or not.
    public static final Duration MAX_AGE = Duration.ofDays(90);
}
