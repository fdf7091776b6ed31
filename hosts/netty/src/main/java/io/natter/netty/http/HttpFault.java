package io.natter.netty.http;

import io.natter.host.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/// The faults of a request.
///
/// @param status with which it is refused
/// @param reason a sentence for the client
record HttpFault(HttpResponseStatus status, String reason) {

    static HttpFault bad(String reason) {
        return new HttpFault(HttpResponseStatus.BAD_REQUEST, reason);
    }

    static HttpFault version() {
        return new HttpFault(
                HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                "this server speaks HTTP/1.1 and HTTP/1.0");
    }

    static HttpFault tooManyHeaders(int max) {
        return new HttpFault(
                HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                "a request may have " + max + " headers");
    }

    static HttpFault transferCoding() {
        return new HttpFault(
                HttpResponseStatus.NOT_IMPLEMENTED,
                "the only transfer coding known here is chunked");
    }

    HttpResponse answer() {
        return ErrorResponses.error(status, reason);
    }

    /// As the cause of a request that could not be decoded.
    Exception exception() {
        return new Refused(this);
    }

    /// A request that the decoder did not take.
    static final class Refused extends IllegalArgumentException {
        @java.io.Serial private static final long serialVersionUID = 1;
        private final transient HttpFault fault;

        Refused(HttpFault fault) {
            super(fault.reason);
            this.fault = fault;
        }

        HttpFault fault() {
            return fault;
        }
    }
}
