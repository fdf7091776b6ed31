package io.natter.netty.http;

import io.natter.host.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Answers of the host's own.
final class ErrorResponses {
    private ErrorResponses() {}

    /// An answer in a sentence.
    static HttpResponse error(HttpResponseStatus status, String reason) {
        var body = status.reasonPhrase() + ": " + reason + "\n";
        return new HttpResponse(
                status.code(),
                Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /// The answer where the server failed.
    static HttpResponse failed() {
        return error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the server failed on this request");
    }

    /// The answer to a client that holds too much of the server's memory.
    static HttpResponse outOfMemory() {
        return error(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "the server has no memory left for this request; try again later");
    }

    /// The answer to a request that the codec could not read.
    static HttpResponse broken(Throwable cause) {
        if (cause instanceof HttpFault.Refused refused) {
            return refused.fault().answer();
        }
        var status =
                switch (cause) {
                    case TooLongHttpLineException ignored ->
                            HttpResponseStatus.REQUEST_URI_TOO_LONG;
                    case TooLongHttpHeaderException ignored ->
                            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
                    default -> HttpResponseStatus.BAD_REQUEST;
                };
        return error(status, String.valueOf(cause.getMessage()));
    }
}
