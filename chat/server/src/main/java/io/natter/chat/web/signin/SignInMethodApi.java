package io.natter.chat.web.signin;

import io.natter.chat.access.RecentSignIns;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.openid.OpenIdConfig;
import io.natter.chat.passkey.RelyingParty;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireSignIn;

/// The ways to sign in: those of the place, and those of a person. Runs on a virtual thread and may
/// block; what it throws is answered by [HttpApi].
public final class SignInMethodApi {
    private static final String ID = "Send {\"id\": \"…\"} as JSON.";

    private final ChatStore store;
    private final ApiRequests requests;
    private final SignInRules rules;
    private final RelyingParty relyingParty;
    private final RecentSignIns recent;

    SignInMethodApi(
            ChatStore store,
            ApiRequests requests,
            SignInRules rules,
            RelyingParty relyingParty,
            RecentSignIns recent) {
        this.store = store;
        this.requests = requests;
        this.rules = rules;
        this.relyingParty = relyingParty;
        this.recent = recent;
    }

    /// `GET /api/ways`: the ways to sign in here, for everybody.
    public HttpApi.Answer ways(HttpApi.Call call) {
        boolean others = !rules.onlyOpenId();
        OpenIdConfig openId = rules.openId();
        return HttpApi.Answer.ok(
                new WireSignIn.Ways(
                        others,
                        others && relyingParty.id(requests.ownOrigin(call)).isPresent(),
                        openId == null ? null : new WireSignIn.Provider(openId.label())),
                null);
    }

    /// `GET /api/methods`: the ways of the person to sign in.
    public HttpApi.Answer list(HttpApi.Call call) {
        Session session = requests.session(call);
        return HttpApi.Answer.ok(
                WireSignIn.methods(
                        store.methods().of(session.person()), recent.isRecent(session.id())),
                null);
    }

    /// `POST /api/passkeys/remove`.
    public HttpApi.Answer removePasskey(HttpApi.Call call) {
        WireAccounts.OneId asked = requests.read(call, WireAccounts.OneId.class, ID);
        Session session = confirmed(call);
        store.methods().removePasskey(session.person(), needed(asked)).join();
        return new HttpApi.Answer(204, null, null);
    }

    /// `POST /api/identities/remove`.
    public HttpApi.Answer unlink(HttpApi.Call call) {
        WireAccounts.OneId asked = requests.read(call, WireAccounts.OneId.class, ID);
        Session session = confirmed(call);
        store.methods().unlink(session.person(), needed(asked), rules.onlyOpenId()).join();
        return new HttpApi.Answer(204, null, null);
    }

    private Session confirmed(HttpApi.Call call) {
        Session session = requests.session(call);
        recent.require(session.id());
        return session;
    }

    private static String needed(WireAccounts.OneId asked) {
        if (asked.id() == null) {
            throw ChatError.badRequest(ID).exception();
        }
        return asked.id();
    }
}
