package io.natter.chat.domain.store;

import io.natter.chat.domain.integration.WebhookEvent;
import io.natter.chat.domain.person.Person;
import java.util.Optional;
import java.util.function.Function;

/// Makes the event for outgoing webhooks of a change.
@FunctionalInterface
public interface EventFormat {
    /// Empty for a change of which webhooks are not told.
    ///
    /// @param now milliseconds since 1970
    /// @param people the person of an id
    Optional<WebhookEvent> of(Change change, long now, Function<String, Person> people);
}
