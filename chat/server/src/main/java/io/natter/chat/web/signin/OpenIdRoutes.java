package io.natter.chat.web.signin;

import io.natter.chat.domain.ChatError;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.web.http.SecurityHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The address to which a provider sends a browser back. It answers with a way into the page, never
/// with JSON.
public final class OpenIdRoutes {
    private final HttpApi api;
    private final OpenIdApi openId;

    OpenIdRoutes(HttpApi api, OpenIdApi openId) {
        this.api = api;
        this.openId = openId;
    }

    public boolean takes(String path) {
        return path.equals(OpenIdApi.CALLBACK);
    }

    public Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        if (!request.method().equals(HttpMethod.GET)) {
            response.header(HttpHeaderNames.ALLOW, "GET");
            return HttpApi.write(
                    response,
                    HttpApi.Answer.refused(405, ChatError.badRequest("Use GET for this.")));
        }
        HttpApi.Call call =
                new HttpApi.Call(request.requestHeaders(), new byte[0], request.remoteAddress());
        String uri = request.uri();
        return api.blocking(() -> openId.callback(call, CallbackQuery.of(uri)))
                .flatMapMany(redirect -> redirect(response, redirect));
    }

    private static Publisher<Void> redirect(
            HttpServerResponse response, OpenIdApi.Redirect redirect) {
        SecurityHeaders.apply(response.responseHeaders());
        response.status(303)
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.LOCATION, redirect.location())
                .header(HttpHeaderNames.CONTENT_LENGTH, "0");
        if (redirect.cookie() != null) {
            response.header(HttpHeaderNames.SET_COOKIE, redirect.cookie());
        }
        return response.send();
    }
}
