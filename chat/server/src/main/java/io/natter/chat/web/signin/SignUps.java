package io.natter.chat.web.signin;

import io.natter.chat.access.SetupToken;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.InviteToken;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignInMethod;
import io.natter.chat.domain.person.SignUp;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of a sign-up that do not depend on the way to sign in.
final class SignUps {
    private final ChatStore store;
    private final ApiRequests requests;
    private final SetupToken setup;

    SignUps(ChatStore store, ApiRequests requests, SetupToken setup) {
        this.store = store;
        this.requests = requests;
        this.setup = setup;
    }

    /// A sign-up that has no way to sign in yet.
    ///
    /// @param name null for a guest who keeps the present name
    /// @param shown the name that the account will have
    record Wanted(
            @Nullable PersonName name,
            PersonName shown,
            Optional<SessionToken> guest,
            Optional<InviteToken> invite,
            boolean owner,
            Client client) {

        /// @param id the id of the new person, null for any
        SignUp by(SignInMethod method, @Nullable String id) {
            return new SignUp(name, method, guest, invite, owner, client, id);
        }
    }

    /// Reads what was asked for.
    ///
    /// @param token the owner's, from the console
    /// @throws io.natter.chat.domain.ChatException also with `setup_done` and `no_session`
    Wanted read(
            HttpApi.Call call,
            @Nullable String typed,
            @Nullable String device,
            @Nullable String invite,
            @Nullable String token) {
        if (token != null && !setup.matches(token)) {
            throw ChatError.setupDone().exception();
        }
        @Nullable PersonName name = typed == null ? null : PersonName.of(typed);
        PersonName shown =
                name == null ? PersonName.of(requests.session(call).person().name()) : name;
        return new Wanted(
                name,
                shown,
                requests.token(call),
                invite(invite),
                token != null,
                requests.client(call, device));
    }

    static Optional<InviteToken> invite(@Nullable String token) {
        return Optional.ofNullable(token)
                .map(
                        text ->
                                InviteToken.parse(text)
                                        .orElseThrow(() -> ChatError.inviteUnknown().exception()));
    }

    /// Fails with what forbids this sign-up, before it costs anything.
    void check(Wanted wanted) {
        store.accounts().checkSignUp(wanted.name(), wanted.invite(), wanted.owner());
    }

    SignedIn finish(Wanted wanted, SignInMethod method, @Nullable String id) {
        return store.accounts().signUp(wanted.by(method, id)).join();
    }
}
