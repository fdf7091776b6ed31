package io.natter.chat.events;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Profile;
import io.natter.socketio.Socket;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The sockets of each person that have said hello, and the rooms of Socket.IO that they are in. No
/// socket is in the room of a place that its person has left. Any thread.
final class Connections {
    private final Map<String, Set<Socket>> sockets = new HashMap<>();

    /// The profiles of all connected people.
    private final Map<String, Profile> profiles = new HashMap<>();

    /// Memberships whose end was published.
    private long ended;

    /// Notes a socket; from now on its person's rooms are joined and left with it. Idempotent.
    synchronized void add(Person person, Socket socket) {
        sockets.computeIfAbsent(person.id(), _ -> new LinkedHashSet<>()).add(socket);
        socket.join(personRoom(person.id()));
    }

    synchronized void remove(Person person, Socket socket) {
        Set<Socket> theirs = sockets.get(person.id());
        if (theirs != null && theirs.remove(socket) && theirs.isEmpty()) {
            sockets.remove(person.id());
            profiles.remove(person.id());
        }
    }

    /// Notes what a person looks like now.
    synchronized void profile(Profile profile) {
        if (sockets.containsKey(profile.person().id())) {
            profiles.put(profile.person().id(), profile);
        }
    }

    /// Notes what a person who says hello looks like, unless more recent news is there.
    synchronized void greeted(Profile profile) {
        if (sockets.containsKey(profile.person().id())) {
            profiles.putIfAbsent(profile.person().id(), profile);
        }
    }

    /// The profile of a person; empty before hello.
    synchronized Optional<Profile> profile(String person) {
        return Optional.ofNullable(profiles.get(person));
    }

    /// Whether anybody would hear what this person is told.
    synchronized boolean hears(String person) {
        return sockets.containsKey(person);
    }

    /// How many memberships have ended. Ask before reading the rooms that [#join] is to be given.
    synchronized long ended() {
        return ended;
    }

    /// Joins the rooms that were read from the store.
    ///
    /// @param endedBefore what [#ended] was before they were read
    /// @return false, and nothing joined, if a membership ended meanwhile: read again
    synchronized boolean join(Socket socket, Collection<String> rooms, long endedBefore) {
        if (ended != endedBefore) {
            return false;
        }
        rooms.forEach(room -> socket.join(messageRoom(room)));
        return true;
    }

    /// A person became a member of a room.
    synchronized void enter(String person, String room) {
        sockets.getOrDefault(person, Set.of()).forEach(each -> each.join(messageRoom(room)));
    }

    /// A person is no member of a room any more.
    synchronized void exit(String person, String room) {
        ended++;
        sockets.getOrDefault(person, Set.of()).forEach(each -> each.leave(messageRoom(room)));
    }

    // ---- rooms of Socket.IO; the prefixes keep ids of one kind from meaning another

    /// The connections that receive the messages of a room.
    static String messageRoom(String room) {
        return "room:" + room;
    }

    /// All sockets of a person.
    static String personRoom(String person) {
        return "person:" + person;
    }

    /// All sockets of a session.
    static String sessionRoom(String session) {
        return "session:" + session;
    }
}
