package io.natter.chat.store.sql;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Place;
import io.natter.chat.domain.person.Policy;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.store.Change;
import org.jdbi.v3.core.Handle;

/// How the place is set up.
public final class Places {
    private Places() {}

    public static Place place(Handle handle) {
        return new Place(policy(handle), owners(handle) > 0);
    }

    public static Policy policy(Handle handle) {
        return Policy.of(
                handle.createQuery("SELECT value FROM meta WHERE key = 'policy'")
                        .mapTo(String.class)
                        .one());
    }

    public static int owners(Handle handle) {
        return Rows.count(handle, "SELECT count(*) FROM person WHERE role = 'owner'");
    }

    public static Place setPolicy(Write write, Person by, Policy policy) {
        Handle handle = write.handle();
        Standing.atLeast(handle, by, Role.OWNER);
        if (policy(handle) != policy) {
            handle.execute("UPDATE meta SET value = ? WHERE key = 'policy'", policy.id());
            AuditLog.add(write, "policy", by, null, policy.id());
            publish(write);
        }
        return place(handle);
    }

    /// Tells everybody how the place is set up now.
    public static void publish(Write write) {
        write.changed(new Change.PlaceChanged(place(write.handle())));
    }
}
