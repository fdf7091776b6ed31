package io.natter.chat.store.sql;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Picture;
import io.natter.chat.domain.person.Profile;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The pictures of people.
public final class PictureRows {
    private PictureRows() {}

    public static Profile set(Write write, Person person, Picture picture) {
        Standing.writer(write, person);
        String id = RandomId.next();
        delete(write.handle(), person.id());
        write.handle()
                .execute(
                        "INSERT INTO picture (id, person_id, type, content, small) VALUES (?, ?, ?, ?, ?)",
                        id,
                        person.id(),
                        picture.type(),
                        picture.content(),
                        picture.small());
        write.handle().execute("UPDATE person SET picture = ? WHERE id = ?", id, person.id());
        return Standing.publish(write, person.id());
    }

    /// Also the muted may remove their picture.
    public static Profile remove(Write write, Person person) {
        delete(write.handle(), person.id());
        return Standing.publish(write, person.id());
    }

    static void delete(Handle handle, String person) {
        handle.execute("UPDATE person SET picture = NULL WHERE id = ?", person);
        handle.execute("DELETE FROM picture WHERE person_id = ?", person);
    }

    public static Optional<Picture> find(Handle handle, String id) {
        return handle.createQuery("SELECT type, content, small FROM picture WHERE id = ?")
                .bind(0, id)
                .map(
                        (row, _) ->
                                new Picture(
                                        row.getString("type"),
                                        row.getBytes("content"),
                                        row.getBytes("small")))
                .findOne();
    }
}
