package io.natter.chat.web.integration;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A request of a bot to the REST API.
///
/// @param bot whose token it carries
/// @param path the values of the braces in the route
/// @param query the parameters of the address
record RestCall(
        Person bot, HttpApi.Call http, Map<String, String> path, Map<String, List<String>> query) {

    String room() {
        return path.getOrDefault("room", "");
    }

    long seq() {
        return number("seq", path.get("seq"));
    }

    /// A parameter that is a number; null if it is absent.
    @Nullable Long number(String parameter) {
        String given = text(parameter);
        return given == null ? null : number(parameter, given);
    }

    /// A parameter; null if it is absent.
    @Nullable String text(String parameter) {
        List<String> given = query.get(parameter);
        return given == null || given.isEmpty() ? null : given.getFirst();
    }

    int limit(int otherwise, int most) {
        Long given = number("limit");
        long wanted = given == null ? otherwise : given;
        return Math.clamp(wanted, 1, most);
    }

    private static long number(String name, @Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,15}")) {
            throw ChatError.badRequest(name + " is a whole number.").exception();
        }
        return Long.parseLong(text);
    }

    /// The body.
    ///
    /// @param shape a sentence that says what to send
    <T> T json(Class<T> type, String shape) {
        ApiRequests.requireJson(http.headers());
        try {
            T read = WireJson.JSON.readValue(http.body(), type);
            if (read != null) {
                return read;
            }
        } catch (JacksonException _) {
            // the same answer: it is not what is asked for
        }
        throw ChatError.badRequest(shape).exception();
    }
}
