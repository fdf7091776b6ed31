package io.natter.chat.domain.person;

import java.time.Duration;

/// A browser that is signed in.
///
/// @param id [SessionToken#hash] of its token; not a credential
public record Session(String id, Person person) {
    /// A session that was unused for this time is over.
    public static final Duration MAX_IDLE = Duration.ofDays(30);

    /// A session is over so long after it was opened, used or not.
    public static final Duration MAX_AGE = Duration.ofDays(90);

    /// A session that never opened a socket holds its name for so long: its answer was lost, or the
    /// browser keeps no cookies.
    public static final Duration NAME_HELD_UNOPENED = Duration.ofMinutes(1);

    /// A session that never opened a socket is over after so long.
    public static final Duration MAX_UNOPENED = Duration.ofMinutes(10);
}
