package io.natter.chat.store;

import io.natter.chat.domain.Draft;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.Posted;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.Room;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/// Writes without end and prints each answer, until it is killed.
final class KillVictim {
    private KillVictim() {}

    public static void main(String[] arguments) throws Exception {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]), InstantSource.system());
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 4; writer++) {
                PersonName name = PersonName.of("w" + RandomId.next());
                Person sender = store.signIn(name).join().session().person();
                pool.execute(() -> writeForEver(store, sender));
            }
        }
    }

    private static void writeForEver(SqliteStore store, Person sender) {
        while (true) {
            String cmid = RandomId.next();
            Posted posted = store.post(Draft.of(Room.GENERAL, sender, cmid, "hello")).join();
            byte[] line =
                    "answered %s %d .\n"
                            .formatted(cmid, posted.seq())
                            .getBytes(StandardCharsets.UTF_8);
            synchronized (System.out) {
                System.out.write(line, 0, line.length);
                System.out.flush();
            }
        }
    }
}
