package io.natter.chat.web;

import io.natter.chat.web.http.SecurityHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// The documents that describe the API to programs: OpenAPI for HTTP, AsyncAPI for Socket.IO and
/// outgoing webhooks.
final class Contracts {
    private static final String OPENAPI = "openapi.yaml";
    private static final String ASYNCAPI = "asyncapi.yaml";

    private final Map<String, byte[]> documents =
            Map.of("api/" + OPENAPI, read(OPENAPI), "api/" + ASYNCAPI, read(ASYNCAPI));

    boolean takes(String path) {
        return documents.containsKey(path);
    }

    Publisher<Void> serve(String path, HttpServerResponse response) {
        byte[] document = documents.getOrDefault(path, new byte[0]);
        SecurityHeaders.apply(response.responseHeaders());
        response.header(HttpHeaderNames.CONTENT_TYPE, "application/yaml")
                .header(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(document.length));
        return response.sendByteArray(Mono.just(document));
    }

    private static byte[] read(String name) {
        try (InputStream in = Contracts.class.getResourceAsStream("/io/natter/chat/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not part of this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
