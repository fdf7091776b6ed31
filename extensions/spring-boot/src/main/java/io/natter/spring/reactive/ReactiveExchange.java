package io.natter.spring.reactive;

import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Strand;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Sinks;

/// A request of WebFlux, as Natter's own.
final class ReactiveExchange implements HttpExchange {
    private final ServerWebExchange exchange;
    private final HttpRequest head;
    private final Strand strand;
    private final Sinks.One<HttpResponse> answer;
    private final Abort abort;
    private final AtomicBoolean answered = new AtomicBoolean();

    ReactiveExchange(
            ServerWebExchange exchange,
            HttpRequest head,
            Strand strand,
            Sinks.One<HttpResponse> answer,
            Abort abort) {
        this.exchange = exchange;
        this.head = head;
        this.strand = strand;
        this.answer = answer;
        this.abort = abort;
    }

    @Override
    public HttpRequest request() {
        return head;
    }

    @Override
    public Strand strand() {
        return strand;
    }

    @Override
    public void readBody(long limit, BodyReader reader) {
        int max = (int) Math.min(limit, Integer.MAX_VALUE - 8);
        var ignored =
                DataBufferUtils.join(exchange.getRequest().getBody(), max)
                        .map(
                                buffer -> {
                                    var bytes = new byte[buffer.readableByteCount()];
                                    buffer.read(bytes);
                                    DataBufferUtils.release(buffer);
                                    return bytes;
                                })
                        .defaultIfEmpty(new byte[0])
                        .subscribe(
                                bytes -> strand.execute(() -> reader.complete(bytes)),
                                failure -> {
                                    if (failure instanceof DataBufferLimitException) {
                                        strand.execute(reader::tooLarge);
                                    }
                                });
    }

    @Override
    public void respond(HttpResponse response) {
        if (answered.compareAndSet(false, true)) {
            answer.tryEmitValue(response).orThrow();
        }
    }

    @Override
    public void onAbort(Runnable task) {
        abort.then(() -> strand.execute(task));
    }
}
