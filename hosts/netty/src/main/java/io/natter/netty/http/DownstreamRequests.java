package io.natter.netty.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/// The application behind an attached connection: what it was given and has not answered yet. On
/// the event loop.
final class DownstreamRequests {
    private int unanswered;
    private boolean body;
    private boolean informational;
    private boolean switched;

    /// A request that is the application's.
    void give(HttpRequest request) {
        unanswered++;
        body = !(request instanceof LastHttpContent);
    }

    /// Whether a piece of a body is the application's.
    boolean takes(HttpContent content) {
        boolean its = body;
        if (content instanceof LastHttpContent) {
            body = false;
        }
        return its;
    }

    /// Whether answers of the application are still to come, before which ours may not leave.
    boolean isAnswering() {
        return unanswered > 0;
    }

    /// Sees a message of the application on its way out. True if it ends the last answer that was
    /// to come.
    boolean answers(Object msg) {
        if (msg instanceof HttpResponse response) {
            switched = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            informational =
                    !switched && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (!(msg instanceof LastHttpContent) || informational || unanswered == 0) {
            return false;
        }
        return --unanswered == 0;
    }

    /// Whether the application has made something else of the connection.
    boolean hasSwitched() {
        return switched;
    }
}
