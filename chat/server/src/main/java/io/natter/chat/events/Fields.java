package io.natter.chat.events;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.wire.WireRequests;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks of the fields of a request.
final class Fields {
    private Fields() {}

    /// @throws io.natter.chat.domain.ChatException with `bad_request` when the field is missing
    static <T> T need(@Nullable T value, String field) {
        if (value == null) {
            throw ChatError.badRequest("The field " + field + " is missing.").exception();
        }
        return value;
    }

    static int limit(@Nullable Integer limit, int otherwise) {
        return limit == null ? otherwise : limit;
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// One of the values that a field can have.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_request`
    static <T> T oneOf(Function<String, T> values, @Nullable String id, String field) {
        try {
            return values.apply(need(id, field));
        } catch (IllegalArgumentException _) {
            throw ChatError.badRequest("The field " + field + " has no such value.").exception();
        }
    }

    /// The files of a message.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_request`
    static List<SentFile> files(@Nullable List<WireRequests.@Nullable File> files) {
        if (files == null) {
            return List.of();
        }
        return files.stream()
                .map(file -> need(file, "files"))
                .map(file -> SentFile.of(need(file.id(), "id"), text(file.alt())))
                .toList();
    }

    /// Ids without repetitions.
    ///
    /// @param most more than these are refused
    /// @throws io.natter.chat.domain.ChatException with `bad_request` or `too_many_people`
    static Set<String> people(@Nullable List<@Nullable String> ids, int most) {
        Set<String> people = new LinkedHashSet<>();
        for (String id : ids == null ? List.<@Nullable String>of() : ids) {
            people.add(need(id, "people"));
        }
        if (people.size() > most) {
            throw ChatError.tooManyPeople(most).exception();
        }
        return people;
    }
}
