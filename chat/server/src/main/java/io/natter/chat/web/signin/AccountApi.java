package io.natter.chat.web.signin;

import io.natter.chat.access.GuessLimits;
import io.natter.chat.access.PasswordHasher;
import io.natter.chat.access.RecentSignIns;
import io.natter.chat.access.SetupToken;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Credentials;
import io.natter.chat.domain.person.Password;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SignInMethod;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireSignIn;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Accounts over HTTP, where cookies can be set. Runs on a virtual thread and may block; what it
/// throws is answered by [HttpApi].
public final class AccountApi {
    private static final String CREDENTIALS =
            "Send {\"name\": \"…\", \"password\": \"…\"} as JSON.";
    private static final String PASSWORDS =
            "Send {\"old_password\": \"…\", \"password\": \"…\"} as JSON.";
    private static final String INVITE = "Send {\"invite\": \"…\"} as JSON.";
    private static final String SETUP = "Send {\"setup\": \"…\"} as JSON.";
    private static final String CONFIRM = "Send {\"password\": \"…\"} as JSON.";
    private static final String ID = "Send {\"id\": \"…\"} as JSON.";

    private final ChatStore store;
    private final ApiRequests requests;
    private final PasswordHasher hasher;
    private final GuessLimits guesses;
    private final SetupToken setup;
    private final SignUps signUps;
    private final SignInRules rules;
    private final RecentSignIns recent;

    AccountApi(
            ChatStore store,
            ApiRequests requests,
            PasswordHasher hasher,
            GuessLimits guesses,
            SetupToken setup,
            SignUps signUps,
            SignInRules rules,
            RecentSignIns recent) {
        this.signUps = signUps;
        this.rules = rules;
        this.recent = recent;
        this.store = store;
        this.requests = requests;
        this.hasher = hasher;
        this.guesses = guesses;
        this.setup = setup;
    }

    /// `POST /api/invite`: whose invite this is.
    public HttpApi.Answer invite(HttpApi.Call call) {
        WireAccounts.Invited asked = requests.read(call, WireAccounts.Invited.class, INVITE);
        requests.limit(call);
        return HttpApi.Answer.ok(
                SignUps.invite(asked.invite())
                        .flatMap(store.place()::offer)
                        .map(WireAccounts::offer)
                        .orElseThrow(() -> ChatError.inviteUnknown().exception()),
                null);
    }

    /// `POST /api/account`: a new account, or one for the guest of the cookie.
    public HttpApi.Answer signUp(HttpApi.Call call) {
        WireAccounts.SignUp asked = requests.read(call, WireAccounts.SignUp.class, CREDENTIALS);
        rules.requireOthers();
        requests.limit(call);
        SignUps.Wanted wanted =
                signUps.read(call, asked.name(), asked.device(), asked.invite(), asked.setup());
        Password password = Password.chosen(needed(asked.password(), CREDENTIALS), wanted.shown());
        signUps.check(wanted);
        String hash = hasher.hash(password);
        return requests.entered(
                call, signUps.finish(wanted, new SignInMethod.WithPassword(hash), null));
    }

    /// `POST /api/setup`: makes the account of the cookie the first owner's.
    public HttpApi.Answer setUp(HttpApi.Call call) {
        WireAccounts.SetUp asked = requests.read(call, WireAccounts.SetUp.class, SETUP);
        requests.limit(call);
        Session session = requests.session(call);
        if (!setup.matches(needed(asked.setup(), SETUP))) {
            throw ChatError.setupDone().exception();
        }
        store.accounts().becomeOwner(session.person()).join();
        return new HttpApi.Answer(204, null, null);
    }

    /// `POST /api/login`: a session of an account.
    public HttpApi.Answer signIn(HttpApi.Call call) {
        WireAccounts.Login asked = requests.read(call, WireAccounts.Login.class, CREDENTIALS);
        rules.requireOthers();
        requests.limit(call);
        PersonName name = ApiRequests.name(asked.name(), CREDENTIALS);
        Password password = Password.typed(needed(asked.password(), CREDENTIALS));
        Client client = requests.client(call, asked.device());
        InetAddress address = requests.address(call);
        Optional<Credentials> account = store.accounts().credentials(name);
        Credentials checked = check(account, password, name.key(), address, client);
        HttpApi.Answer answer =
                requests.entered(
                        call,
                        store.accounts().signIn(checked, client, requests.token(call)).join());
        guesses.right(name.key(), address);
        return answer;
    }

    /// `POST /api/confirm`: the person of the session proves by password who it is.
    public HttpApi.Answer confirm(HttpApi.Call call) {
        WireSignIn.Confirm asked = requests.read(call, WireSignIn.Confirm.class, CONFIRM);
        rules.requireOthers();
        Session session = requests.session(call);
        requests.limit(call);
        Password password = Password.typed(needed(asked.password(), CONFIRM));
        InetAddress address = requests.address(call);
        String person = session.person().id();
        Optional<Credentials> account = store.accounts().credentials(session.person());
        var _ = check(account, password, person, address, requests.client(call, null));
        guesses.right(person, address);
        recent.note(session.id());
        return new HttpApi.Answer(204, null, null);
    }

    /// `POST /api/password`: a new password. All other sessions end. A person without a password
    /// has signed in a moment ago instead.
    public HttpApi.Answer changePassword(HttpApi.Call call) {
        WireAccounts.NewPassword asked =
                requests.read(call, WireAccounts.NewPassword.class, PASSWORDS);
        rules.requireOthers();
        Session session = requests.session(call);
        requests.limit(call);
        PersonName name = PersonName.of(session.person().name());
        Password chosen = Password.chosen(needed(asked.password(), PASSWORDS), name);
        Client client = requests.client(call, asked.device());
        InetAddress address = requests.address(call);
        Credentials checked;
        if (asked.oldPassword() == null) {
            recent.require(session.id());
            checked = new Credentials(session.person().id(), "");
        } else {
            Password old = Password.typed(asked.oldPassword());
            Optional<Credentials> account = store.accounts().credentials(session.person());
            checked = check(account, old, session.person().id(), address, client);
        }
        String hash = hasher.hash(chosen);
        HttpApi.Answer answer =
                requests.entered(
                        call,
                        store.accounts()
                                .changePassword(session.person(), checked, hash, client)
                                .join());
        guesses.right(session.person().id(), address);
        return answer;
    }

    /// The account, if this is its password.
    private Credentials check(
            Optional<Credentials> account,
            Password password,
            String key,
            @Nullable InetAddress address,
            Client client) {
        guesses.begin(key, address);
        boolean right;
        try {
            right = hasher.matches(password, account);
        } catch (ChatException busy) {
            guesses.undo(key, address);
            throw busy;
        }
        if (!right || account.isEmpty()) {
            account.ifPresent(it -> store.accounts().failedSignIn(it, client));
            throw ChatError.wrongPassword().exception();
        }
        return account.get();
    }

    /// `GET /api/sessions`: the person's sessions.
    public HttpApi.Answer sessions(HttpApi.Call call) {
        return HttpApi.Answer.ok(
                WireAccounts.sessions(store.accounts().sessions(requests.session(call))), null);
    }

    /// `POST /api/sessions/revoke`: ends one of them.
    public HttpApi.Answer revoke(HttpApi.Call call) {
        WireAccounts.OneId asked = requests.read(call, WireAccounts.OneId.class, ID);
        store.accounts().revoke(requests.session(call), needed(asked.id(), ID)).join();
        return new HttpApi.Answer(204, null, null);
    }

    private static String needed(@Nullable String value, String shape) {
        if (value == null) {
            throw ChatError.badRequest(shape).exception();
        }
        return value;
    }
}
