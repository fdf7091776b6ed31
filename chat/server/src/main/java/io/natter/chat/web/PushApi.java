package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.push.PushStore;
import io.natter.chat.domain.push.PushSubscription;
import io.natter.chat.push.PushDispatcher;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WirePush;

/// `/api/push`: push messages for the session's browser. Runs on a virtual thread and may block;
/// what it throws is answered by [HttpApi].
final class PushApi {
    private static final String SHAPE =
            "Send {\"endpoint\": \"…\", \"keys\": {\"p256dh\": \"…\", \"auth\": \"…\"}} as JSON.";
    private static final String REFUSED =
            "This browser's push service is not known to the server, or its keys are invalid.";
    private static final String NONE = "Turn on push messages in this browser first.";

    private final PushStore store;
    private final ApiRequests requests;
    private final PushDispatcher dispatcher;

    PushApi(PushStore store, ApiRequests requests, PushDispatcher dispatcher) {
        this.store = store;
        this.requests = requests;
        this.dispatcher = dispatcher;
    }

    /// `GET`: the key to subscribe with, and whether this browser is subscribed.
    HttpApi.Answer get(HttpApi.Call call) {
        Session session = requests.session(call);
        boolean on = store.of(session).isPresent();
        return HttpApi.Answer.ok(new WirePush.State(dispatcher.publicKey(), on), null);
    }

    /// `POST`: stores the subscription of this browser.
    HttpApi.Answer post(HttpApi.Call call) {
        WirePush.Subscribe asked = requests.read(call, WirePush.Subscribe.class, SHAPE);
        requests.limit(call);
        Session session = requests.session(call);
        PushSubscription subscription =
                asked.read().orElseThrow(() -> ChatError.badRequest(SHAPE).exception());
        if (!dispatcher.accepts(subscription)) {
            throw ChatError.badRequest(REFUSED).exception();
        }
        if (!store.subscribe(session, subscription).join()) {
            throw ChatError.noSession().exception();
        }
        return new HttpApi.Answer(204, null, null);
    }

    /// `DELETE`: no more push messages for this browser.
    HttpApi.Answer delete(HttpApi.Call call) {
        requests.checkOwnPage(call.headers());
        store.unsubscribe(requests.session(call)).join();
        return new HttpApi.Answer(204, null, null);
    }

    /// `POST /api/push/test`: sends a message to this browser, and tells what its push service
    /// said.
    HttpApi.Answer test(HttpApi.Call call) {
        requests.checkOwnPage(call.headers());
        requests.limit(call);
        PushSubscription subscription =
                store.of(requests.session(call))
                        .orElseThrow(() -> ChatError.badRequest(NONE).exception());
        try {
            boolean taken = dispatcher.test(subscription);
            return HttpApi.Answer.ok(new WirePush.Tested(taken), null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ChatError.storage().exception();
        }
    }
}
