package io.natter.chat.domain.person;

import org.jspecify.annotations.Nullable;

/// A session as its person sees it. Times are milliseconds since 1970.
///
/// @param id names it to [AccountStore#revoke]; not a credential
/// @param label as in `Firefox on Linux`, may be empty
/// @param usedAt when it was last used, to the hour
/// @param current whether it is the one that asks
public record SessionInfo(
        String id,
        String label,
        @Nullable String address,
        long createdAt,
        long usedAt,
        boolean current) {}
