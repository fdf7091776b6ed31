package io.natter.chat.domain.admin;

/// The numbers of the whole place.
///
/// @param directRooms direct rooms and groups, which no list names
/// @param fileBytes on the disk
public record PlaceTotals(
        long people,
        long accounts,
        long sessions,
        long rooms,
        long directRooms,
        long messages,
        long files,
        long fileBytes) {}
