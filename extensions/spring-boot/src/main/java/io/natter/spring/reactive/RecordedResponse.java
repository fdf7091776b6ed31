package io.natter.spring.reactive;

import io.natter.host.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Keeps what filters answer.
final class RecordedResponse extends AbstractServerHttpResponse {
    /// Pages of refusals are small.
    private static final int MAX_BODY = 256 * 1024;

    /// These are of one answer only, and Natter makes its own.
    private static final Set<String> OF_THE_BODY =
            Set.of("content-length", "content-type", "transfer-encoding", "connection");

    private final Map<String, List<String>> recorded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private volatile byte[] body = new byte[0];

    RecordedResponse() {
        super(DefaultDataBufferFactory.sharedInstance);
    }

    /// The answer of a filter that has refused the request.
    HttpResponse answer() {
        var status = getStatusCode();
        var headers = new TreeMap<>(recorded);
        headers.remove("content-length");
        headers.remove("transfer-encoding");
        return new HttpResponse(status == null ? 200 : status.value(), headers, body);
    }

    /// Adds the headers of filters to those of Natter's answer, which stand where both have one.
    void addHeaders(Map<String, List<String>> headers) {
        recorded.forEach(
                (name, values) -> {
                    if (!OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
                        headers.putIfAbsent(name, values);
                    }
                });
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as in the interface
    public <T> T getNativeResponse() {
        return (T) this;
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> content) {
        return DataBufferUtils.join(content, MAX_BODY)
                .doOnNext(
                        buffer -> {
                            var bytes = new byte[buffer.readableByteCount()];
                            buffer.read(bytes);
                            DataBufferUtils.release(buffer);
                            body = bytes;
                        })
                .then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(
            Publisher<? extends Publisher<? extends DataBuffer>> content) {
        return writeWithInternal(Flux.from(content).concatMap(each -> each));
    }

    @Override
    protected void applyStatusCode() {}

    @Override
    protected void applyHeaders() {
        getHeaders().forEach((name, values) -> recorded.put(name, new ArrayList<>(values)));
    }

    @Override
    protected void applyCookies() {
        for (var cookies : getCookies().values()) {
            for (ResponseCookie cookie : cookies) {
                recorded.computeIfAbsent("Set-Cookie", ignored -> new ArrayList<>())
                        .add(cookie.toString());
            }
        }
    }
}
