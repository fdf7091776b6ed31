package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.ChosenLanguage;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.ShownZone;
import io.natter.chat.domain.person.StatusText;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The profiles that people write themselves.
public final class Profiles {
    private Profiles() {}

    public static Profile one(Handle handle, String person) {
        return Standing.of(handle, person).profile();
    }

    public static List<Profile> all(Handle handle, Collection<String> people) {
        return Standing.all(handle, people).stream().map(Standing::profile).toList();
    }

    public static Profile set(
            Write write,
            Person person,
            @Nullable PersonName name,
            @Nullable StatusText status,
            @Nullable ShownZone zone) {
        Standing before = Standing.writer(write, person);
        if (name != null && !name.shown().equals(before.person().name())) {
            Names.set(write, person, name);
            AuditLog.add(write, "renamed", before.person(), null, name.shown());
        }
        if (status != null) {
            write.handle()
                    .execute(
                            "UPDATE person SET status = ? WHERE id = ?",
                            status.text(),
                            person.id());
        }
        if (zone != null) {
            write.handle()
                    .execute("UPDATE person SET zone = ? WHERE id = ?", zone.id(), person.id());
        }
        return Standing.publish(write, person.id());
    }

    /// Also the muted may choose, because others do not see it.
    public static boolean setLanguage(Write write, Person person, ChosenLanguage language) {
        int changed =
                write.handle()
                        .execute(
                                "UPDATE account SET language = ? WHERE person_id = ?",
                                language.tag(),
                                person.id());
        if (changed == 0) {
            throw ChatError.accountNeeded().exception();
        }
        return true;
    }
}
