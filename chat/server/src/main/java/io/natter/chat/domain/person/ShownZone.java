package io.natter.chat.domain.person;

import io.natter.chat.domain.ChatError;
import java.time.ZoneId;

/// The time zone that a person shows to others; empty for none.
public record ShownZone(String id) {

    /// Reads the name of a zone in the IANA database.
    ///
    /// @throws io.natter.chat.domain.ChatException with `zone_unknown`
    public static ShownZone of(String id) {
        if (!id.isEmpty() && !ZoneId.getAvailableZoneIds().contains(id)) {
            throw ChatError.zoneUnknown().exception();
        }
        return new ShownZone(id);
    }
}
