package io.natter.chat.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.integration.Delivery;
import io.natter.chat.domain.integration.SigningSecret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WebhookLookupTest {
    private static Delivery delivery(String url) {
        return new Delivery(1, "w", url, SigningSecret.random(), "msg_1", "{}", 0);
    }

    /// Otherwise names whose server is silent hold the threads that all virtual ones share.
    @Test
    void aNameThatIsNotAnsweredHoldsNoVirtualThreadAndEnds() throws Exception {
        try (WebhookSender sender =
                new WebhookSender(
                        new WebhookAddresses(List.of()),
                        InstantSource.system(),
                        Duration.ofMillis(50))) {
            CompletableFuture<WebhookSender.Outcome> outcome = new CompletableFuture<>();
            Thread delivering =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    outcome.complete(
                                            sender.send(delivery("https://a.silent.test/")));
                                } catch (InterruptedException e) {
                                    outcome.completeExceptionally(e);
                                }
                            });
            Thread asking = SilentNames.ASKING.poll(20, TimeUnit.SECONDS);
            assertThat(asking).isNotNull();
            assertThat(asking == null || asking.isVirtual()).isFalse();
            assertThat(outcome.get(20, TimeUnit.SECONDS).taken()).isFalse();
            delivering.join();
        }
    }
}
