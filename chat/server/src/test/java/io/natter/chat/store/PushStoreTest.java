package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.push.PushSubscription;
import io.natter.chat.domain.push.PushTarget;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushStoreTest extends StoreTest {
    private final PushSubscription subscription =
            new PushSubscription("https://push.example/1", new byte[65], new byte[16]);

    private Session signIn(String name) {
        return store.sessions().signIn(PersonName.of(name), Optional.empty()).join().session();
    }

    @Test
    void theStoreKnowsAlsoAfterARestartWhetherThereAreSubscriptions() throws Exception {
        store.push().keys("keys");
        assertThat(store.push().any()).isFalse();
        Session session = signIn("Ann");
        assertThat(store.push().subscribe(session, subscription).join()).isTrue();
        assertThat(store.push().any()).isTrue();
        reopen();
        store.push().keys("others");
        assertThat(store.push().any()).isTrue();
        store.push().unsubscribe(session).join();
        reopen();
        store.push().keys("others");
        assertThat(store.push().any()).isFalse();
    }

    @Test
    void aPersonWhoIsHereIsNoTarget() {
        Session ann = signIn("Ann");
        store.push().subscribe(ann, subscription).join();
        Person bob = guest("Bob");
        post(bob, "one");
        Message message = latest(bob).getFirst();
        List<PushTarget> targets = store.push().targets(message, _ -> false);
        assertThat(targets).extracting(PushTarget::person).containsExactly(ann.person().id());
        assertThat(store.push().targets(message, ann.person().id()::equals)).isEmpty();
    }
}
