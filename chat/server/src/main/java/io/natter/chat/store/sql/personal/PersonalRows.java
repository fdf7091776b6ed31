package io.natter.chat.store.sql.personal;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.personal.PersonalLists;
import org.jdbi.v3.core.Handle;

/// Everything that a person keeps alone, read at one moment.
public final class PersonalRows {
    private PersonalRows() {}

    public static PersonalLists of(Handle handle, Person person) {
        long meVer =
                handle.createQuery("SELECT last_ver FROM person WHERE id = ?")
                        .bind(0, person.id())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L);
        return new PersonalLists(meVer, Saved.of(handle, person), Scheduling.of(handle, person));
    }
}
