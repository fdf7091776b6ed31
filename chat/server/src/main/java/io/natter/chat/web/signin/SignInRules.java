package io.natter.chat.web.signin;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Place;
import io.natter.chat.domain.person.Policy;
import io.natter.chat.openid.OpenIdConfig;
import org.jspecify.annotations.Nullable;

/// The ways to sign in that the operator allows.
///
/// @param openId null without a provider
record SignInRules(@Nullable OpenIdConfig openId) {
    /// Whether people sign in at the provider only.
    boolean onlyOpenId() {
        return openId != null && openId.only();
    }

    /// Lets only those ways pass that need no provider.
    ///
    /// @throws io.natter.chat.domain.ChatException with `openid_only`
    void requireOthers() {
        if (openId != null && openId.only()) {
            throw ChatError.openIdOnly(openId.label()).exception();
        }
    }

    /// The place as people see it who are not in: without guests where there are none.
    Place seen(Place place) {
        return onlyOpenId() && place.policy() == Policy.OPEN
                ? new Place(Policy.ACCOUNTS, place.owned())
                : place;
    }
}
