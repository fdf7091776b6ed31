package io.natter.chat.web.signin;

import io.natter.chat.access.PendingSteps;
import io.natter.chat.access.RecentSignIns;
import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.VisibleText;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Passkey;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SignInMethod;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.passkey.PasskeyChecks;
import io.natter.chat.passkey.RelyingParty;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireSignIn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Passkeys over HTTP. Each use has two requests: the first gives a challenge, the second brings
/// the browser's answer to it. Runs on a virtual thread and may block; what it throws is answered
/// by [HttpApi].
public final class PasskeyApi {
    /// As long as browsers ask their user.
    static final Duration CHALLENGE_LASTS = Duration.ofMinutes(5);

    private static final String BEGIN = "Send {\"purpose\": \"sign_in\"} as JSON.";
    private static final String END =
            "Send {\"step\": \"…\", \"credential\": {…}} as JSON, as the browser has made it.";

    private final ChatStore store;
    private final ApiRequests requests;
    private final SignInRules rules;
    private final RelyingParty relyingParty;
    private final RecentSignIns recent;
    private final SignUps signUps;
    private final PasskeyChecks checks = new PasskeyChecks();
    private final PendingSteps<Begun> steps;

    PasskeyApi(
            ChatStore store,
            ApiRequests requests,
            SignInRules rules,
            RelyingParty relyingParty,
            RecentSignIns recent,
            SignUps signUps,
            InstantSource monotonic) {
        this.store = store;
        this.requests = requests;
        this.rules = rules;
        this.relyingParty = relyingParty;
        this.recent = recent;
        this.signUps = signUps;
        this.steps = new PendingSteps<>(monotonic, CHALLENGE_LASTS);
    }

    private enum Purpose {
        ADD,
        SIGN_IN,
        SIGN_UP,
        CONFIRM
    }

    /// A challenge that was given out.
    ///
    /// @param session the session that it was given to, null for none
    /// @param person the id of the person that a new passkey holds
    /// @param name of a new person; null for a guest who keeps the name
    private record Begun(
            Purpose purpose,
            String challenge,
            PasskeyChecks.Page page,
            @Nullable String session,
            String person,
            @Nullable PersonName name) {}

    /// `POST /api/passkeys/options`: a challenge, with all that the browser wants to know.
    public HttpApi.Answer options(HttpApi.Call call) {
        WireSignIn.PasskeyBegin asked = requests.read(call, WireSignIn.PasskeyBegin.class, BEGIN);
        rules.requireOthers();
        requests.limit(call);
        Purpose purpose = purpose(asked.purpose());
        PasskeyChecks.Page page = page(call);
        String challenge = RandomId.bits(256);
        String browser = requests.browserOrNew(call);
        Begun begun =
                switch (purpose) {
                    case SIGN_IN -> new Begun(purpose, challenge, page, null, "", null);
                    case SIGN_UP -> newPerson(call, asked.name(), challenge, page);
                    case ADD, CONFIRM -> {
                        Session session = requests.session(call);
                        if (purpose == Purpose.ADD) {
                            recent.require(session.id());
                        }
                        String id = session.person().id();
                        yield new Begun(purpose, challenge, page, session.id(), id, null);
                    }
                };
        String step = steps.begin(browser, begun);
        return HttpApi.Answer.ok(
                new WireSignIn.Step(step, options(call, begun)),
                requests.browserCookie(call, browser));
    }

    private static Purpose purpose(@Nullable String text) {
        return switch (text) {
            case "add" -> Purpose.ADD;
            case "sign_in" -> Purpose.SIGN_IN;
            case "sign_up" -> Purpose.SIGN_UP;
            case "confirm" -> Purpose.CONFIRM;
            case null, default -> throw ChatError.badRequest(BEGIN).exception();
        };
    }

    private PasskeyChecks.Page page(HttpApi.Call call) {
        String origin = requests.ownOrigin(call);
        return relyingParty
                .id(origin)
                .map(id -> new PasskeyChecks.Page(origin, id))
                .orElseThrow(() -> ChatError.passkeysUnavailable().exception());
    }

    /// A passkey holds the id of its person, who may not be there yet.
    private Begun newPerson(
            HttpApi.Call call, @Nullable String typed, String challenge, PasskeyChecks.Page page) {
        @Nullable Person present = requests.sessionIfAny(call).map(Session::person).orElse(null);
        @Nullable PersonName name = typed == null ? null : PersonName.of(typed);
        boolean keeps =
                present != null
                        && (name == null || PersonName.of(present.name()).key().equals(name.key()));
        if (!keeps && name == null) {
            throw ChatError.noSession().exception();
        }
        String id = keeps && present != null ? present.id() : RandomId.next();
        return new Begun(Purpose.SIGN_UP, challenge, page, null, id, keeps ? null : name);
    }

    private Map<String, Object> options(HttpApi.Call call, Begun begun) {
        return switch (begun.purpose()) {
            case SIGN_IN -> PasskeyOptions.get(begun.page(), begun.challenge(), List.of());
            case CONFIRM ->
                    PasskeyOptions.get(
                            begun.page(),
                            begun.challenge(),
                            store.methods().passkeys(requests.session(call).person()));
            case SIGN_UP -> {
                PersonName name = begun.name();
                String shown = name == null ? requests.session(call).person().name() : name.shown();
                yield PasskeyOptions.create(
                        begun.page(), begun.challenge(), begun.person(), shown, List.of());
            }
            case ADD -> {
                Person person = requests.session(call).person();
                yield PasskeyOptions.create(
                        begun.page(),
                        begun.challenge(),
                        person.id(),
                        person.name(),
                        store.methods().passkeys(person));
            }
        };
    }

    /// `POST /api/passkeys/add`: one more passkey of the account.
    public HttpApi.Answer add(HttpApi.Call call) {
        WireSignIn.PasskeyEnd asked = requests.read(call, WireSignIn.PasskeyEnd.class, END);
        rules.requireOthers();
        requests.limit(call);
        Begun begun = take(call, asked, Purpose.ADD);
        Session session = requests.session(call);
        recent.require(session.id());
        store.methods()
                .addPasskey(session.person(), made(asked, begun, requests.client(call, null)))
                .join();
        return new HttpApi.Answer(204, null, null);
    }

    /// `POST /api/passkeys/sign-up`: a new account with a passkey and no password.
    public HttpApi.Answer signUp(HttpApi.Call call) {
        WireSignIn.PasskeyEnd asked = requests.read(call, WireSignIn.PasskeyEnd.class, END);
        rules.requireOthers();
        requests.limit(call);
        Begun begun = take(call, asked, Purpose.SIGN_UP);
        PersonName name = begun.name();
        SignUps.Wanted wanted =
                signUps.read(
                        call,
                        name == null ? null : name.shown(),
                        asked.device(),
                        asked.invite(),
                        asked.setup());
        signUps.check(wanted);
        return requests.entered(
                call, signUps.finish(wanted, made(asked, begun, wanted.client()), begun.person()));
    }

    private SignInMethod.WithPasskey made(WireSignIn.PasskeyEnd asked, Begun begun, Client client) {
        Passkey passkey = checks.made(credential(asked), begun.challenge(), begun.page());
        String typed = asked.name();
        VisibleText name = VisibleText.of(typed == null ? "" : typed, Bounds.NAME);
        return new SignInMethod.WithPasskey(
                name.fault() == VisibleText.Fault.NONE ? name.shown() : client.label(), passkey);
    }

    /// `POST /api/passkeys/sign-in`: a session of the passkey's account.
    public HttpApi.Answer signIn(HttpApi.Call call) {
        WireSignIn.PasskeyEnd asked = requests.read(call, WireSignIn.PasskeyEnd.class, END);
        rules.requireOthers();
        requests.limit(call);
        Used used = use(asked, take(call, asked, Purpose.SIGN_IN));
        return requests.entered(
                call,
                store.methods()
                        .signIn(
                                used.stored(),
                                used.after(),
                                requests.client(call, asked.device()),
                                requests.token(call))
                        .join());
    }

    /// `POST /api/passkeys/confirm`: the person of the session proves who it is.
    public HttpApi.Answer confirm(HttpApi.Call call) {
        WireSignIn.PasskeyEnd asked = requests.read(call, WireSignIn.PasskeyEnd.class, END);
        rules.requireOthers();
        requests.limit(call);
        Used used = use(asked, take(call, asked, Purpose.CONFIRM));
        Session session = requests.session(call);
        if (!used.stored().person().equals(session.person().id())) {
            throw ChatError.passkeyRefused().exception();
        }
        store.methods().usePasskey(used.stored(), used.after()).join();
        recent.note(session.id());
        return new HttpApi.Answer(204, null, null);
    }

    private record Used(Passkey.Stored stored, Passkey after) {}

    private Used use(WireSignIn.PasskeyEnd asked, Begun begun) {
        PasskeyChecks.SignedChallenge signed = checks.read(credential(asked));
        Passkey.Stored stored =
                store.methods()
                        .passkey(signed.credential())
                        .orElseThrow(() -> ChatError.passkeyRefused().exception());
        String handle = signed.userHandle();
        if (handle != null && !handle.equals(stored.person())) {
            throw ChatError.passkeyRefused().exception();
        }
        return new Used(
                stored, checks.used(signed, stored.passkey(), begun.challenge(), begun.page()));
    }

    /// The challenge of a step, which counts once, for its purpose and its session.
    private Begun take(HttpApi.Call call, WireSignIn.PasskeyEnd asked, Purpose purpose) {
        Begun begun = steps.take(asked.step(), requests.browser(call));
        String session = begun.session();
        if (begun.purpose() != purpose
                || (session != null && !session.equals(requests.session(call).id()))) {
            throw ChatError.stepOver().exception();
        }
        return begun;
    }

    private static String credential(WireSignIn.PasskeyEnd asked) {
        if (asked.credential() == null || !asked.credential().isObject()) {
            throw ChatError.badRequest(END).exception();
        }
        return asked.credential().toString();
    }
}
