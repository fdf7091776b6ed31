package io.natter.chat.web;

import io.natter.chat.access.Limits;
import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.events.Presence;
import io.natter.chat.store.DiskSpace;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.wire.WireAdmin;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// The state of the server for the admin page. Any thread; blocks.
final class ServerStatus {
    private final SqliteStore store;
    private final Presence presence;
    private final Operating operating;
    private final long startedAt;

    ServerStatus(SqliteStore store, Presence presence, Operating operating, InstantSource clock) {
        this.store = store;
        this.presence = presence;
        this.operating = operating;
        this.startedAt = clock.millis();
    }

    /// @param sockets the number of open ones
    WireAdmin.Status of(Person owner, LongSupplier sockets) {
        var totals = store.admin().totals(owner); // refuses others
        DiskSpace space = store.space();
        return new WireAdmin.Status(
                true,
                store.trouble().map(StoreTrouble::code).orElse(null),
                totals,
                space.database(),
                space.free() == Long.MAX_VALUE ? null : space.free(),
                store.lastBackup().isEmpty() ? null : store.lastBackup().getAsLong(),
                presence.count(),
                sockets.getAsLong(),
                store.waitingWrites(),
                startedAt,
                operating.adminUiPassword().isPresent(),
                operating.settings().stream()
                        .map(
                                each ->
                                        new WireAdmin.Setting(
                                                each.name(),
                                                each.value(),
                                                each.source().isEmpty() ? null : each.source()))
                        .toList(),
                limits());
    }

    private static List<WireAdmin.Limit> limits() {
        return List.of(
                limit("Characters of a message", Bounds.MESSAGE),
                limit("Files of a message", Bounds.FILES),
                limit("MB of a file", Bounds.FILE >> 20),
                limit("GB of files of a person", Bounds.FILES_OF_PERSON >> 30),
                limit("Rooms of a person", Bounds.ROOMS),
                limit("Sockets of an address", Limits.SOCKETS_PER_ADDRESS),
                limit("Events of a socket in a second", ChatEvents.EVENTS_PER_SECOND),
                limit("KiB of a request", ChatEvents.MAX_FRAME >> 10));
    }

    private static WireAdmin.Limit limit(String name, long value) {
        return new WireAdmin.Limit(name, Long.toString(value));
    }
}
