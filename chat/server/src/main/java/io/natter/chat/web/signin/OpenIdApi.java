package io.natter.chat.web.signin;

import io.natter.chat.access.PendingSteps;
import io.natter.chat.access.RecentSignIns;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Identity;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SignInMethod;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.log.WithoutMessages;
import io.natter.chat.openid.OpenIdProvider;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireSignIn;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sign-in at the OpenID Connect provider: the way there, the way back, and the question for a
/// name. Runs on a virtual thread and may block; what it throws is answered by [HttpApi].
public final class OpenIdApi {
    static final String CALLBACK = "api/openid/callback";

    private static final Logger log = LoggerFactory.getLogger(OpenIdApi.class);
    private static final Duration LASTS = Duration.ofMinutes(15);
    private static final String BEGIN = "Send {\"purpose\": \"sign_in\"} as JSON.";
    private static final String STEP = "Send {\"step\": \"…\"} as JSON.";

    /// A path of the page, which names no other host.
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_-]+){0,4}/?");

    private final ChatStore store;
    private final ApiRequests requests;
    private final @Nullable OpenIdProvider configured;
    private final RecentSignIns recent;
    private final SignUps signUps;
    private final PendingSteps<Begun> steps;
    private final PendingSteps<Outcome> outcomes;

    /// @param configured null without a provider
    OpenIdApi(
            ChatStore store,
            ApiRequests requests,
            @Nullable OpenIdProvider configured,
            RecentSignIns recent,
            SignUps signUps,
            InstantSource monotonic) {
        this.store = store;
        this.requests = requests;
        this.configured = configured;
        this.recent = recent;
        this.signUps = signUps;
        this.steps = new PendingSteps<>(monotonic, LASTS);
        this.outcomes = new PendingSteps<>(monotonic, LASTS);
    }

    private enum Purpose {
        SIGN_IN,
        /// A guest gets an account and keeps the name.
        KEEP,
        LINK,
        CONFIRM
    }

    /// A sign-in that is under way at the provider.
    ///
    /// @param session the session that it began in; null where none is needed
    /// @param path the place of the page to come back to
    private record Begun(
            Purpose purpose,
            OpenIdProvider.Attempt attempt,
            @Nullable String session,
            WireSignIn.OpenIdBegin asked,
            String path) {}

    /// A sign-in that came back and did not end in the chat.
    ///
    /// @param error what went wrong, or what the name lacks; null for nothing
    /// @param proven a person who has no account yet and needs another name
    /// @param done the purpose that was reached
    private record Outcome(
            Begun begun,
            @Nullable ChatError error,
            OpenIdProvider.@Nullable Proven proven,
            @Nullable Purpose done) {}

    /// The way back into the page.
    record Redirect(String location, @Nullable String cookie) {}

    private OpenIdProvider provider() {
        if (configured == null) {
            throw ChatError.openIdOff().exception();
        }
        return configured;
    }

    /// `POST /api/openid/start`: the address of the provider to go to.
    public HttpApi.Answer start(HttpApi.Call call) {
        WireSignIn.OpenIdBegin asked = requests.read(call, WireSignIn.OpenIdBegin.class, BEGIN);
        requests.limit(call);
        OpenIdProvider provider = provider();
        Purpose purpose = purpose(asked.purpose());
        @Nullable String session = purpose == Purpose.SIGN_IN ? null : requests.session(call).id();
        if (purpose == Purpose.LINK && session != null) {
            recent.require(session);
        }
        URI redirect = URI.create(requests.ownOrigin(call) + requests.basePath() + "/" + CALLBACK);
        OpenIdProvider.Attempt attempt =
                OpenIdProvider.Attempt.begin(redirect, purpose == Purpose.CONFIRM);
        String path = asked.path();
        String back =
                path != null && PATH.matcher(path).matches() ? path : requests.basePath() + "/";
        String browser = requests.browserOrNew(call);
        String state = steps.begin(browser, new Begun(purpose, attempt, session, asked, back));
        URI there = provider.authorization(attempt, state);
        return HttpApi.Answer.ok(
                new WireSignIn.Location(there.toString()), requests.browserCookie(call, browser));
    }

    private static Purpose purpose(@Nullable String text) {
        return switch (text) {
            case "sign_in" -> Purpose.SIGN_IN;
            case "keep" -> Purpose.KEEP;
            case "link" -> Purpose.LINK;
            case "confirm" -> Purpose.CONFIRM;
            case null, default -> throw ChatError.badRequest(BEGIN).exception();
        };
    }

    /// `GET /api/openid/callback`: the browser comes back from the provider.
    Redirect callback(HttpApi.Call call, CallbackQuery query) {
        @Nullable Begun begun = null;
        try {
            begun = steps.take(query.state(), requests.browser(call));
            return proceed(call, begun, query);
        } catch (RuntimeException e) {
            ChatError error = ChatError.of(e);
            if (error.code().equals("internal")) {
                log.error("A sign-in failed", WithoutMessages.of(e));
            }
            return problem(call, begun, error);
        }
    }

    private Redirect problem(HttpApi.Call call, @Nullable Begun begun, ChatError error) {
        Begun known =
                begun == null
                        ? new Begun(
                                Purpose.SIGN_IN,
                                OpenIdProvider.Attempt.begin(URI.create(""), false),
                                null,
                                new WireSignIn.OpenIdBegin(null, null, null, null, null),
                                requests.basePath() + "/")
                        : begun;
        return show(call, new Outcome(known, error, null, null));
    }

    private Redirect show(HttpApi.Call call, Outcome outcome) {
        String browser = requests.browserOrNew(call);
        String id = outcomes.begin(browser, outcome);
        return new Redirect(
                outcome.begun().path() + "#openid=" + id, requests.browserCookie(call, browser));
    }

    private Redirect proceed(HttpApi.Call call, Begun begun, CallbackQuery query) {
        OpenIdProvider provider = provider();
        provider.checkIssuer(query.issuer());
        String code = query.code();
        if (query.error() != null || code == null) {
            log.info("OpenID Connect: the provider refused: {}", query.reason());
            throw query.refusal(provider.config().label()).exception();
        }
        OpenIdProvider.Proven proven = provider.finish(begun.attempt(), code);
        Identity identity = proven.identity();
        Optional<String> holder = store.methods().holder(identity);
        return switch (begun.purpose()) {
            case LINK -> {
                store.methods().link(same(call, begun).person(), identity).join();
                yield show(call, new Outcome(begun, null, null, Purpose.LINK));
            }
            case CONFIRM -> {
                Session session = same(call, begun);
                if (!holder.equals(Optional.of(session.person().id()))) {
                    throw ChatError.otherIdentity().exception();
                }
                recent.note(session.id());
                yield show(call, new Outcome(begun, null, null, Purpose.CONFIRM));
            }
            case SIGN_IN, KEEP ->
                    holder.isPresent()
                            ? signIn(call, begun, identity)
                            : signUp(call, begun, proven);
        };
    }

    /// The session in which this began.
    private Session same(HttpApi.Call call, Begun begun) {
        Session session = requests.session(call);
        if (!session.id().equals(begun.session())) {
            throw ChatError.stepOver().exception();
        }
        return session;
    }

    private Redirect signIn(HttpApi.Call call, Begun begun, Identity identity) {
        SignedIn in =
                store.methods()
                        .signIn(
                                identity,
                                requests.client(call, begun.asked().device()),
                                requests.token(call))
                        .join();
        String setup = begun.asked().setup();
        // The page then asks whether this account is to own the place.
        String location = setup == null ? begun.path() : requests.basePath() + "/#setup=" + setup;
        return new Redirect(location, requests.sessionCookie(call, in));
    }

    private Redirect signUp(HttpApi.Call call, Begun begun, OpenIdProvider.Proven proven) {
        if (!provider().config().create() && begun.asked().setup() == null) {
            throw ChatError.noAccount().exception();
        }
        boolean keep = begun.purpose() == Purpose.KEEP;
        try {
            SignedIn in = signUp(call, begun, proven, keep ? null : proven.name());
            return new Redirect(begun.path(), requests.sessionCookie(call, in));
        } catch (RuntimeException e) {
            ChatError error = ChatError.of(e);
            if (!keep && error.code().startsWith("name_")) {
                return show(call, new Outcome(begun, error, proven, null));
            }
            throw e;
        }
    }

    private SignedIn signUp(
            HttpApi.Call call, Begun begun, OpenIdProvider.Proven proven, @Nullable String name) {
        WireSignIn.OpenIdBegin asked = begun.asked();
        SignUps.Wanted wanted =
                signUps.read(call, name, asked.device(), asked.invite(), asked.setup());
        signUps.check(wanted);
        return signUps.finish(wanted, new SignInMethod.WithIdentity(proven.identity()), null);
    }

    /// `POST /api/openid/outcome`: what is to be shown of a sign-in that came back.
    public HttpApi.Answer outcome(HttpApi.Call call) {
        WireSignIn.OpenIdStep asked = requests.read(call, WireSignIn.OpenIdStep.class, STEP);
        Outcome outcome = outcomes.look(asked.step(), requests.browser(call));
        ChatError error = outcome.error();
        OpenIdProvider.Proven proven = outcome.proven();
        Purpose done = outcome.done();
        return HttpApi.Answer.ok(
                new WireSignIn.Outcome(
                        error == null ? null : error.message(),
                        error == null ? null : error.code(),
                        proven == null ? null : proven.name(),
                        done == null ? null : done == Purpose.LINK ? "linked" : "confirmed"),
                null);
    }

    /// `POST /api/openid/name`: the account under another name than the provider's.
    public HttpApi.Answer name(HttpApi.Call call) {
        WireSignIn.OpenIdStep asked = requests.read(call, WireSignIn.OpenIdStep.class, STEP);
        requests.limit(call);
        Outcome outcome = outcomes.look(asked.step(), requests.browser(call));
        OpenIdProvider.Proven proven = outcome.proven();
        if (proven == null || asked.name() == null) {
            throw ChatError.badRequest(STEP).exception();
        }
        SignedIn in = signUp(call, outcome.begun(), proven, asked.name());
        var _ = outcomes.take(asked.step(), requests.browser(call));
        return requests.entered(call, in);
    }
}
