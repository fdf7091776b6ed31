package io.natter.chat.store;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.room.NewRoom;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import io.natter.chat.domain.room.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;

/// Writes without end and prints each answer, until it is killed.
final class KillVictim {
    private KillVictim() {}

    public static void main(String[] arguments) throws Exception {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]), InstantSource.system());
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 4; writer++) {
                PersonName name = PersonName.of("w" + RandomId.next());
                Person sender =
                        store.sessions().signIn(name, Optional.empty()).join().session().person();
                pool.execute(() -> writeForEver(store, sender));
            }
        }
    }

    private static void writeForEver(SqliteStore store, Person person) {
        Random random = new Random();
        NewRoom asked =
                NewRoom.of(
                        RoomKind.PUBLIC,
                        RoomName.of("r" + RandomId.next()),
                        new Topic(""),
                        Set.of());
        String room = store.rooms().create(person, asked).join().head().id();
        say(
                "room %s %s %s"
                        .formatted(
                                room,
                                asked.name() == null ? "" : asked.name().shown(),
                                person.id()));
        int topic = 0;
        while (true) {
            String cmid = RandomId.next();
            Posted posted =
                    store.messages().post(Draft.of(RoomHead.GENERAL, person, cmid, "hello")).join();
            say("answered %s %d".formatted(cmid, posted.seq()));
            change(store, person, posted, random.nextInt(6));
            if (random.nextInt(4) == 0) {
                topic++;
                store.rooms().set(person, room, null, new Topic("" + topic)).join();
                say("topic %s %d".formatted(room, topic));
            }
        }
    }

    private static void change(SqliteStore store, Person person, Posted posted, int how) {
        String room = RoomHead.GENERAL;
        long seq = posted.seq();
        switch (how) {
            case 0 -> {
                String text = RandomId.next();
                store.messages().edit(Edit.of(room, person, seq, posted.ver(), text)).join();
                say("edited %d %s".formatted(seq, text));
            }
            case 1 -> {
                store.messages().delete(person, room, seq).join();
                say("deleted %d -".formatted(seq));
            }
            case 2 -> {
                store.messages().react(person, room, seq, Emoji.of("👍"), true).join();
                say("reacted %d %s".formatted(seq, person.id()));
            }
            default -> {}
        }
    }

    private static void say(String what) {
        byte[] line = (what + " .\n").getBytes(StandardCharsets.UTF_8);
        synchronized (System.out) {
            System.out.write(line, 0, line.length);
            System.out.flush();
        }
    }
}
