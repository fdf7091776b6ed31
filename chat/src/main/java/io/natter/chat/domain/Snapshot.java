package io.natter.chat.domain;

import java.util.List;
import java.util.Map;

/// Where one person's rooms stand, all read at one moment of the database.
///
/// @param epoch the random id of the database; another one means that `seq` and `ver` of before say
///   nothing any more
/// @param deltas by room id, one for each of `rooms`
public record Snapshot(String epoch, List<Room> rooms, Map<String, Delta> deltas) {}
