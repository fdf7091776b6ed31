package io.natter.spring.controller;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The one value of a publisher, or null if it has none.
final class SingleValue implements Subscriber<Object> {
    private final CompletableFuture<@Nullable Object> future = new CompletableFuture<>();

    private SingleValue() {}

    static CompletableFuture<@Nullable Object> of(Publisher<?> publisher) {
        var value = new SingleValue();
        publisher.subscribe(value);
        return value.future;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object value) {
        future.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
        future.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        future.complete(null);
    }
}
