package io.natter.chat.web.signin;

import io.natter.chat.access.SessionCookie;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireErrors;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRooms;
import java.util.Optional;
import java.util.function.Consumer;

/// `/api/session`: who am I, let me in, let me out. Runs on a virtual thread and may block; what it
/// throws is answered by [HttpApi].
public final class SessionApi {
    private static final String SHAPE = "Send {\"name\": \"…\"} as JSON.";

    private final ChatStore store;
    private final ApiRequests requests;
    private final SignInRules rules;
    private final Consumer<Session> ended;

    /// @param ended gets each session that a person ended
    SessionApi(ChatStore store, ApiRequests requests, SignInRules rules, Consumer<Session> ended) {
        this.store = store;
        this.rules = rules;
        this.requests = requests;
        this.ended = ended;
    }

    /// `GET`: who has this cookie. Renews the cookie. Without a session it tells who may join.
    public HttpApi.Answer get(HttpApi.Call call) {
        Optional<SessionToken> token = requests.token(call);
        Optional<Session> session = token.flatMap(store.sessions()::session);
        if (token.isEmpty() || session.isEmpty()) {
            return new HttpApi.Answer(
                    401,
                    new WireAccounts.Nobody(
                            WireErrors.refused(ChatError.noSession()).err(),
                            WireAccounts.place(rules.seen(store.place().place()))),
                    null);
        }
        return HttpApi.Answer.ok(
                new WireRooms.Me(session.get().person()),
                SessionCookie.set(token.get(), requests.cookies(call)));
    }

    /// `POST {name, device?}`: a new guest, or the one whom this device became a moment ago.
    public HttpApi.Answer post(HttpApi.Call call) {
        WireRequests.SignIn asked = requests.read(call, WireRequests.SignIn.class, SHAPE);
        rules.requireOthers();
        requests.limit(call);
        return requests.entered(
                call,
                store.sessions()
                        .signIn(
                                ApiRequests.name(asked.name(), SHAPE),
                                requests.client(call, asked.device()))
                        .join());
    }

    /// `DELETE`: ends the session and closes its sockets.
    public HttpApi.Answer delete(HttpApi.Call call) {
        requests.checkOwnPage(call.headers());
        Optional<SessionToken> token = requests.token(call);
        Optional<Session> session = token.flatMap(store.sessions()::session);
        if (token.isPresent() && store.sessions().signOut(token.get()).join()) {
            session.ifPresent(ended);
        }
        return HttpApi.Answer.empty(SessionCookie.clear(requests.cookies(call)));
    }
}
