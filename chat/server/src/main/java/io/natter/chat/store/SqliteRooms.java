package io.natter.chat.store;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.CreatedRoom;
import io.natter.chat.domain.room.Level;
import io.natter.chat.domain.room.MemberList;
import io.natter.chat.domain.room.NewRoom;
import io.natter.chat.domain.room.PublicRoom;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomName;
import io.natter.chat.domain.room.RoomStore;
import io.natter.chat.domain.room.Snapshot;
import io.natter.chat.domain.room.Topic;
import io.natter.chat.store.sql.Directory;
import io.natter.chat.store.sql.Members;
import io.natter.chat.store.sql.NewRooms;
import io.natter.chat.store.sql.ReadMarks;
import io.natter.chat.store.sql.Rooms;
import io.natter.chat.store.sql.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Rooms and their members in the SQLite file.
final class SqliteRooms implements RoomStore {
    private final Transactions transactions;
    private final String epoch;

    SqliteRooms(Transactions transactions, String epoch) {
        this.transactions = transactions;
        this.epoch = epoch;
    }

    @Override
    public List<String> joined(Person person) {
        return transactions.read("rooms", handle -> Members.roomsOf(handle, person));
    }

    @Override
    public Snapshot snapshot(Person person, Optional<String> known, Map<String, Long> have) {
        boolean sameEpoch = known.filter(epoch::equals).isPresent();
        return transactions.read(
                "snapshot", handle -> Snapshots.snapshot(handle, person, epoch, sameEpoch, have));
    }

    @Override
    public CompletableFuture<CreatedRoom> create(Person person, NewRoom room) {
        return transactions.change("create room", write -> NewRooms.create(write, person, room));
    }

    @Override
    public CompletableFuture<Boolean> set(
            Person person, String room, @Nullable RoomName name, @Nullable Topic topic) {
        return transactions.change(
                "set room", write -> Rooms.set(write, person, room, name, topic));
    }

    @Override
    public CompletableFuture<Boolean> archive(Person person, String room, boolean on) {
        return transactions.change("archive", write -> Rooms.archive(write, person, room, on));
    }

    @Override
    public CompletableFuture<RoomHead> join(Person person, String idOrSlug) {
        return transactions.change("join", write -> Rooms.join(write, person, idOrSlug));
    }

    @Override
    public CompletableFuture<Boolean> leave(Person person, String room) {
        return transactions.change("leave", write -> Rooms.leave(write, person, room));
    }

    @Override
    public CompletableFuture<Boolean> invite(Person person, String room, Set<String> people) {
        return transactions.change("invite", write -> Rooms.invite(write, person, room, people));
    }

    @Override
    public CompletableFuture<Long> read(Person person, String room, long seq) {
        return transactions.change("read mark", write -> ReadMarks.read(write, person, room, seq));
    }

    @Override
    public CompletableFuture<Long> unread(Person person, String room, long seq) {
        return transactions.change(
                "unread mark", write -> ReadMarks.unread(write, person, room, seq));
    }

    @Override
    public CompletableFuture<Boolean> level(Person person, String room, Level level) {
        return transactions.change("level", write -> Members.level(write, person, room, level));
    }

    @Override
    public List<PublicRoom> find(Person person, String query, int limit) {
        return transactions.read(
                "find rooms", handle -> Directory.rooms(handle, person, query, limit));
    }

    @Override
    public MemberList members(
            Person person, String room, String query, Set<String> online, int limit) {
        return transactions.read(
                "members", handle -> Directory.members(handle, person, room, query, online, limit));
    }

    @Override
    public List<Person> people(String query, Set<String> online, int limit) {
        return transactions.read(
                "people", handle -> Directory.people(handle, query, online, limit));
    }
}
