package io.natter.chat.web.integration;

import io.natter.chat.domain.ChatError;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireErrors;

/// The refusals of the REST API, with the status that programs expect.
final class RestErrors {
    private RestErrors() {}

    static HttpApi.Answer answer(Throwable failure) {
        HttpApi.Answer logged = HttpApi.answer(failure);
        int status = status(ChatError.of(failure), logged.status());
        return new HttpApi.Answer(status, WireErrors.refused(failure), null);
    }

    private static int status(ChatError error, int otherwise) {
        return switch (error.code()) {
            case "token_unknown" -> 401;
            case "not_yours", "not_allowed", "forbidden", "room_archived" -> 403;
            case "room_unknown", "message_unknown", "person_unknown" -> 404;
            case "conflict", "cmid_reused" -> 409;
            case "deleted" -> 410;
            case "slow_mode" -> 429;
            default -> otherwise;
        };
    }
}
