package io.natter.chat.web.signin;

import io.natter.chat.access.GuessLimits;
import io.natter.chat.access.PasswordHasher;
import io.natter.chat.access.RecentSignIns;
import io.natter.chat.access.SetupToken;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.openid.OpenIdConfig;
import io.natter.chat.openid.OpenIdProvider;
import io.natter.chat.passkey.RelyingParty;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The requests that sign people up and in, with the objects that they share.
public final class SignIn implements AutoCloseable {
    private final PasswordHasher hasher = new PasswordHasher();
    private final SetupToken setup = new SetupToken();
    private final @Nullable OpenIdProvider provider;
    private final SessionApi sessions;
    private final AccountApi accounts;
    private final SignInMethodApi methods;
    private final PasskeyApi passkeys;
    private final OpenIdApi openId;
    private final OpenIdRoutes openIdRoutes;

    /// Makes the requests and the objects that they share.
    ///
    /// @param recent the sign-ins that `requests` notes
    /// @param ended is given each session that its person ends
    /// @param config null without an OpenID Connect provider
    /// @param clock the time of day
    /// @param monotonic a clock that only runs forward, for limits and waiting times
    public SignIn(
            HttpApi api,
            ChatStore store,
            ApiRequests requests,
            RecentSignIns recent,
            Consumer<Session> ended,
            @Nullable OpenIdConfig config,
            RelyingParty relyingParty,
            InstantSource clock,
            InstantSource monotonic) {
        SignInRules rules = new SignInRules(config);
        SignUps signUps = new SignUps(store, requests, setup);
        provider = config == null ? null : new OpenIdProvider(config, clock, monotonic);
        sessions = new SessionApi(store, requests, rules, ended);
        accounts =
                new AccountApi(
                        store,
                        requests,
                        hasher,
                        new GuessLimits(monotonic),
                        setup,
                        signUps,
                        rules,
                        recent);
        methods = new SignInMethodApi(store, requests, rules, relyingParty, recent);
        passkeys = new PasskeyApi(store, requests, rules, relyingParty, recent, signUps, monotonic);
        openId = new OpenIdApi(store, requests, provider, recent, signUps, monotonic);
        openIdRoutes = new OpenIdRoutes(api, openId);
    }

    public SessionApi sessions() {
        return sessions;
    }

    public AccountApi accounts() {
        return accounts;
    }

    public SignInMethodApi methods() {
        return methods;
    }

    public PasskeyApi passkeys() {
        return passkeys;
    }

    public OpenIdApi openId() {
        return openId;
    }

    public OpenIdRoutes openIdRoutes() {
        return openIdRoutes;
    }

    /// The secret that makes the first owner.
    public String setupSecret() {
        return setup.secret();
    }

    /// Ends the hashing of passwords and the requests to the provider.
    @Override
    public void close() {
        try {
            hasher.close();
        } finally {
            if (provider != null) {
                provider.close();
            }
        }
    }
}
