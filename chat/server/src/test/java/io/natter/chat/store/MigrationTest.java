package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.ManualClock;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Search;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Place;
import io.natter.chat.domain.person.Policy;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignUp;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that an earlier form of the chat has written: three people, thirty messages.
class MigrationTest {
    private static final Person ANN = new Person("ldw8I72J6W0XNO7Al7GzVg", "Ann", 0);
    private static final Person BOB = new Person("tiQZ6yZuWTuO8KBmwE2now", "Bob", 1);
    private static final Person CARL = new Person("6Piu5hs7rAjktu9J0bTuYg", "Carl", 2);
    private static final String TOKEN_OF_ANN = "Ty176hPEa63w3qK4nA7SbemAkQNDWD7ldiGcudh8mp8";

    @TempDir Path directory;

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void keepsEveryMessageWithItsNumbers(int schema) throws Exception {
        OldDatabase.write(directory, schema);
        try (SqliteStore store = SqliteStore.open(directory, clock)) {
            List<Message> messages =
                    store.messages()
                            .history(ANN, RoomHead.GENERAL, new Window.Latest(), 100)
                            .messages();
            assertThat(messages).hasSize(30);
            for (int i = 0; i < 30; i++) {
                Message message = messages.get(i);
                assertThat(message.seq()).isEqualTo(i + 1);
                assertThat(message.ver()).isEqualTo(i + 1);
                assertThat(message.cmid()).isEqualTo("c" + i);
                assertThat(message.sender()).isEqualTo(List.of(ANN, BOB, CARL).get(i % 3));
                assertThat(message.ts()).isEqualTo(1767268804000L + 1000L * i);
                assertThat(message.deleted()).isFalse();
            }
            assertThat(messages.get(1).text()).isEqualTo("привет мир 1");
            assertThat(messages.get(5).text()).isEqualTo("line one\nline two 5");
            assertThat(store.epoch()).isEqualTo("QopEQPknFROz4bdcjm3m8g");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void keepsSessionsAndWhatWasRead(int schema) throws Exception {
        OldDatabase.write(directory, schema);
        try (SqliteStore store = SqliteStore.open(directory, clock)) {
            SessionToken token = SessionToken.parse(TOKEN_OF_ANN).orElseThrow();
            assertThat(store.sessions().session(token).orElseThrow().person()).isEqualTo(ANN);
            RoomHead general =
                    store.rooms().snapshot(BOB, Optional.empty(), Map.of()).rooms().getFirst();
            assertThat(general.kind()).isEqualTo(RoomKind.PUBLIC);
            assertThat(general.slug()).isEqualTo("general");
            assertThat(general.lastSeq()).isEqualTo(30);
            assertThat(general.readSeq()).isEqualTo(29);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void findsTheOldTexts(int schema) throws Exception {
        OldDatabase.write(directory, schema);
        try (SqliteStore store = SqliteStore.open(directory, clock)) {
            Search search = Search.of("京タワ", null, null, null, null, Set.of());
            assertThat(store.messages().search(ANN, search, 50).messages())
                    .extracting(Message::seq)
                    .containsExactly(27L, 21L, 15L, 9L, 3L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void copiesTheDatabaseFirstForItsOwnerOnly(int schema) throws Exception {
        OldDatabase.write(directory, schema);
        SqliteStore.open(directory, clock).close();
        Path backup = directory.resolve("natter.backup-v" + schema + ".db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                SELECT count(*), max(seq), (SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history)
                                FROM message
                                """)) {
            assertThat(row.getInt(1)).isEqualTo(30);
            assertThat(row.getInt(2)).isEqualTo(30);
            assertThat(row.getInt(3)).isEqualTo(schema);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void thePeopleOfBeforeAreGuestsWhoseNamesCannotBeImitated(int schema) throws Exception {
        OldDatabase.write(directory, schema);
        try (SqliteStore store = SqliteStore.open(directory, clock)) {
            assertThat(store.accounts().profile(ANN.id()).role()).isEqualTo(Role.GUEST);
            assertThat(store.place().place()).isEqualTo(new Place(Policy.OPEN, false));
            assertThatThrownBy(
                            () ->
                                    store.sessions()
                                            .signIn(PersonName.of("Аnn"), Optional.empty())
                                            .join())
                    .hasMessageContaining("name_taken");
            SessionToken token = SessionToken.parse(TOKEN_OF_ANN).orElseThrow();
            SignedIn account =
                    store.accounts()
                            .signUp(
                                    new SignUp(
                                            null,
                                            "hash",
                                            Optional.of(token),
                                            Optional.empty(),
                                            false,
                                            Client.of(Optional.empty())))
                            .join();
            assertThat(account.session().person()).isEqualTo(ANN);
            assertThat(store.rooms().snapshot(ANN, Optional.empty(), Map.of()).language()).isNull();
        }
    }

    @Test
    void copiesNothingWhenTheSchemaIsNew() throws Exception {
        OldDatabase.write(directory, 2);
        SqliteStore.open(directory, clock).close();
        Files.delete(directory.resolve("natter.backup-v2.db"));
        SqliteStore.open(directory, clock).close();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.startsWith("natter.backup"));
        }
    }
}
