package io.natter.chat.domain.room;

import io.natter.chat.domain.message.Delta;
import io.natter.chat.domain.person.ChosenLanguage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where one person's rooms stand and what is the person's own, all read at one moment of the
/// database.
///
/// @param epoch the random id of the database; another one means that `seq` and `ver` of before say
///   nothing any more
/// @param meVer the number of the last change that concerned this person alone
/// @param language the choice for the account; null for a guest, and without a choice
/// @param rooms all of the person's
/// @param deltas by room id, for those rooms whose state the client named
public record Snapshot(
        String epoch,
        long meVer,
        @Nullable ChosenLanguage language,
        List<RoomHead> rooms,
        Map<String, Delta> deltas) {}
