package io.natter.cluster;

import java.util.Set;

/// The other servers whose answers a request needs.
///
/// @param count their number
/// @param uids their ids; empty where only their number is known
record Peers(int count, Set<String> uids) {
    static Peers number(int count) {
        return new Peers(Math.max(0, count), Set.of());
    }

    static Peers of(Set<String> uids) {
        return new Peers(uids.size(), Set.copyOf(uids));
    }

    /// How many have not answered.
    ///
    /// @param answered those that have, or that are gone
    int missing(Set<String> answered) {
        return uids.isEmpty()
                ? Math.max(0, count - answered.size())
                : (int) uids.stream().filter(uid -> !answered.contains(uid)).count();
    }
}
