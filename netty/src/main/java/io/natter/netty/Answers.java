package io.natter.netty;

import io.natter.engine.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/// From the engine's answers to Netty's.
final class Answers {
    private Answers() {}

    /// The whole message but for `Connection`. The codec leaves out the body where the request was
    /// HEAD, its length stays.
    static FullHttpResponse of(HttpResponse response, String date) {
        var status = HttpResponseStatus.valueOf(response.status());
        var message =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(response.body()));
        var headers = message.headers();
        response.headers().forEach(headers::add);
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, date);
        }
        if (!status.equals(HttpResponseStatus.NO_CONTENT)
                && !status.equals(HttpResponseStatus.NOT_MODIFIED)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        return message;
    }
}
