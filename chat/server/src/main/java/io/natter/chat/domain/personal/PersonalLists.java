package io.natter.chat.domain.personal;

import java.util.List;

/// Everything that a person keeps, at one moment of the database.
///
/// @param meVer the number of the last change that concerned this person alone
/// @param saved the last saved first
/// @param scheduled by the time of sending
public record PersonalLists(
        long meVer, List<SavedMessage> saved, List<ScheduledMessage> scheduled) {}
