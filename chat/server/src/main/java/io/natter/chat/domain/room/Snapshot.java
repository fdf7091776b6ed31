package io.natter.chat.domain.room;

import io.natter.chat.domain.message.Delta;
import java.util.List;
import java.util.Map;

/// Where one person's rooms stand, all read at one moment of the database.
///
/// @param epoch the random id of the database; another one means that `seq` and `ver` of before say
///   nothing any more
/// @param meVer the number of the last change that concerned this person alone
/// @param rooms all of the person's
/// @param deltas by room id, for those rooms whose state the client named
public record Snapshot(String epoch, long meVer, List<RoomHead> rooms, Map<String, Delta> deltas) {}
