package io.natter.chat.events;

import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.wire.WireRooms;
import io.natter.socketio.SocketIoServer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the server can store messages, as clients are told: in `hello`, and by the event `store`
/// when it changes. One thread calls [#announce].
final class StoreState {
    private volatile @Nullable StoreTrouble trouble;

    /// A `hello` that began before a change may be answered after its event. So the event is sent
    /// once more.
    private boolean again;

    /// The code of the trouble, or null.
    @Nullable String code() {
        StoreTrouble known = trouble;
        return known == null ? null : known.code();
    }

    void announce(SocketIoServer io, Optional<StoreTrouble> now) {
        boolean changed = now.orElse(null) != trouble;
        trouble = now.orElse(null);
        if (changed || again) {
            io.emit("store", new WireRooms.StoreOut(code()));
        }
        again = changed;
    }
}
