package io.natter.chat.domain.person;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The browser that a session is opened for.
///
/// @param device the id that it made for itself
/// @param address where it is, as text; null where that says nothing
/// @param label what its person may know it by, as in `Firefox on Linux`
public record Client(Optional<DeviceId> device, @Nullable String address, String label) {

    /// A browser of which only its id is known.
    public static Client of(Optional<DeviceId> device) {
        return new Client(device, null, "");
    }

    /// The hash of the device, null for none.
    public @Nullable String deviceHash() {
        return device.map(DeviceId::hash).orElse(null);
    }
}
