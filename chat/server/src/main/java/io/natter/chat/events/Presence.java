package io.natter.chat.events;

import io.natter.chat.domain.person.Person;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The people who are online. People, not sockets: many tabs are one person. Somebody is gone only
/// [#GRACE] after their last socket, so a reload is no departure. Changes are gathered until
/// [#gather] is asked for them, once a second. Any thread.
public final class Presence {
    /// So long a person without a socket still counts as here.
    public static final Duration GRACE = Duration.ofSeconds(15);

    /// So many people are listed at once.
    private static final int LISTED = 200;

    /// @param people the first of those who are here
    /// @param count all of them
    record Online(List<Person> people, int count) {}

    /// The changes since the last one.
    record Change(int count, List<Person> joined, List<Person> left) {}

    private static final class Stay {
        Person person;
        int sockets;
        long emptySince;
        boolean told;
        boolean signedOut;

        Stay(Person person) {
            this.person = person;
        }

        boolean over(long now) {
            return sockets == 0 && (signedOut || now - emptySince >= GRACE.toMillis());
        }
    }

    private final InstantSource clock;
    private final Map<String, Stay> stays = new LinkedHashMap<>();

    /// Makes a presence without people.
    ///
    /// @param clock one that only runs forward, as [MonotonicClock]
    public Presence(InstantSource clock) {
        this.clock = clock;
    }

    /// A socket of this person came.
    synchronized void arrive(Person person) {
        Stay stay = stays.computeIfAbsent(person.id(), _ -> new Stay(person));
        stay.sockets++;
        stay.signedOut = false;
    }

    /// A socket of this person went.
    synchronized void leave(Person person) {
        Stay stay = stays.get(person.id());
        if (stay != null && stay.sockets > 0 && --stay.sockets == 0) {
            stay.emptySince = clock.millis();
        }
    }

    /// This person has signed out: the last socket ends the presence without a delay.
    synchronized void signOut(String person) {
        Stay stay = stays.get(person);
        if (stay != null) {
            stay.signedOut = true;
        }
    }

    /// This person has another name.
    synchronized void renamed(Person person) {
        Stay stay = stays.get(person.id());
        if (stay != null) {
            stay.person = person;
        }
    }

    synchronized int sockets(Person person) {
        Stay stay = stays.get(person.id());
        return stay == null ? 0 : stay.sockets;
    }

    /// The people online, those within their grace included, in the order in which they came.
    synchronized Online online() {
        return new Online(
                stays.values().stream().map(stay -> stay.person).limit(LISTED).toList(),
                stays.size());
    }

    /// The number of people who are here.
    public synchronized int count() {
        return stays.size();
    }

    /// The ids of those who are here.
    public synchronized Set<String> ids() {
        return Set.copyOf(stays.keySet());
    }

    /// Whether a person, by id, has a socket at this moment.
    public synchronized boolean isConnected(String person) {
        Stay stay = stays.get(person);
        return stay != null && stay.sockets > 0;
    }

    /// The number of people who have a socket at this moment.
    public synchronized int connected() {
        return (int) stays.values().stream().filter(stay -> stay.sockets > 0).count();
    }

    /// The changes since the last call; empty when there are none. A person who came and went in
    /// between is not mentioned.
    synchronized Optional<Change> gather() {
        long now = clock.millis();
        List<Person> joined = new ArrayList<>();
        List<Person> left = new ArrayList<>();
        for (var each = stays.values().iterator(); each.hasNext(); ) {
            Stay stay = each.next();
            if (stay.over(now)) {
                each.remove();
                if (stay.told) {
                    left.add(stay.person);
                }
            } else if (!stay.told) {
                stay.told = true;
                joined.add(stay.person);
            }
        }
        return joined.isEmpty() && left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change(stays.size(), joined, left));
    }
}
