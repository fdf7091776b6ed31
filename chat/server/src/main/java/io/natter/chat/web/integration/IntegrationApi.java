package io.natter.chat.web.integration;

import io.natter.chat.access.Limits;
import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.integration.OutgoingWebhook;
import io.natter.chat.domain.integration.WebhookEvent;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.webhooks.WebhookAddresses;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireIntegrations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `/api/bots` and `/api/webhooks`, for moderators and owners. Runs on a virtual thread and may
/// block; what it throws is answered by [HttpApi].
public final class IntegrationApi {
    private static final String NAME = "Send {\"name\": \"…\"} as JSON.";
    private static final String ID = "Send {\"id\": \"…\"} as JSON.";
    private static final String INCOMING = "Send {\"room\": \"…\", \"name\": \"…\"} as JSON.";
    private static final String OUTGOING =
            "Send {\"name\": \"…\", \"url\": \"…\", \"events\": […], \"rooms\": […]} as JSON, with 1 to %d rooms."
                    .formatted(OutgoingWebhook.MAX_ROOMS);

    private final ChatStore store;
    private final ApiRequests requests;
    private final Limits limits;
    private final WebhookAddresses addresses;

    public IntegrationApi(
            ChatStore store, ApiRequests requests, Limits limits, WebhookAddresses addresses) {
        this.store = store;
        this.requests = requests;
        this.limits = limits;
        this.addresses = addresses;
    }

    // ---- bots

    public HttpApi.Answer bots(HttpApi.Call call) {
        Person me = look(call);
        return ok(
                new WireIntegrations.Bots(
                        store.bots().bots(me).stream().map(WireIntegrations::bot).toList()));
    }

    public HttpApi.Answer createBot(HttpApi.Call call) {
        var asked = requests.read(call, WireIntegrations.NewBot.class, NAME);
        PersonName name = ApiRequests.name(asked.name(), NAME);
        return ok(WireIntegrations.made(store.bots().create(change(call), name).join()));
    }

    public HttpApi.Answer renewBot(HttpApi.Call call) {
        String id = id(call);
        return ok(WireIntegrations.made(store.bots().renew(change(call), id).join()));
    }

    public HttpApi.Answer revokeBot(HttpApi.Call call) {
        String id = id(call);
        return done(store.bots().revoke(change(call), id).join());
    }

    // ---- webhooks

    public HttpApi.Answer webhooks(HttpApi.Call call) {
        Person me = look(call);
        var incoming =
                store.webhooks().incoming(me).stream().map(WireIntegrations::incoming).toList();
        boolean owner = store.accounts().profile(me.id()).role() == Role.OWNER;
        var outgoing =
                owner
                        ? store.webhooks().outgoing(me).stream()
                                .map(WireIntegrations::outgoing)
                                .toList()
                        : null;
        return ok(new WireIntegrations.Webhooks(incoming, outgoing));
    }

    public HttpApi.Answer createIncoming(HttpApi.Call call) {
        var asked = requests.read(call, WireIntegrations.NewIncoming.class, INCOMING);
        PersonName name = ApiRequests.name(asked.name(), INCOMING);
        String room = needed(asked.room(), INCOMING);
        return ok(
                WireIntegrations.made(
                        store.webhooks().createIncoming(change(call), room, name).join()));
    }

    public HttpApi.Answer revokeIncoming(HttpApi.Call call) {
        String id = id(call);
        return done(store.webhooks().revokeIncoming(change(call), id).join());
    }

    public HttpApi.Answer createOutgoing(HttpApi.Call call) {
        var asked = requests.read(call, WireIntegrations.NewOutgoing.class, OUTGOING);
        Set<String> rooms = texts(asked.rooms());
        Set<WebhookEvent.Type> events = new LinkedHashSet<>();
        for (String id : texts(asked.events())) {
            events.add(
                    WebhookEvent.Type.find(id)
                            .orElseThrow(
                                    () ->
                                            ChatError.badRequest("There is no event " + id + ".")
                                                    .exception()));
        }
        if (events.isEmpty() || rooms.isEmpty() || rooms.size() > OutgoingWebhook.MAX_ROOMS) {
            throw ChatError.badRequest(OUTGOING).exception();
        }
        String name = PersonName.of(needed(asked.name(), OUTGOING)).shown();
        String url = url(needed(asked.url(), OUTGOING));
        return ok(
                WireIntegrations.made(
                        store.webhooks()
                                .createOutgoing(
                                        change(call),
                                        new OutgoingWebhook.Wish(name, url, events, rooms))
                                .join()));
    }

    private String url(String typed) {
        String url = typed.strip();
        if (url.length() > OutgoingWebhook.MAX_URL) {
            throw ChatError.badRequest(
                            "An address has at most " + OutgoingWebhook.MAX_URL + " characters.")
                    .exception();
        }
        addresses
                .fault(url)
                .ifPresent(
                        fault -> {
                            throw ChatError.badRequest(fault).exception();
                        });
        return url;
    }

    public HttpApi.Answer revokeOutgoing(HttpApi.Call call) {
        String id = id(call);
        return done(store.webhooks().revokeOutgoing(change(call), id).join());
    }

    public HttpApi.Answer enableOutgoing(HttpApi.Call call) {
        String id = id(call);
        return done(store.webhooks().enable(change(call), id).join());
    }

    // ---- parts

    private Person look(HttpApi.Call call) {
        Person me = requests.session(call).person();
        limits.of(me.id()).require(Kind.LOOK);
        return me;
    }

    private Person change(HttpApi.Call call) {
        Person me = requests.session(call).person();
        limits.of(me.id()).require(Kind.ROOM);
        return me;
    }

    private String id(HttpApi.Call call) {
        return needed(requests.read(call, WireAccounts.OneId.class, ID).id(), ID);
    }

    private static Set<String> texts(@Nullable List<@Nullable String> given) {
        Set<String> texts = new LinkedHashSet<>();
        for (String text : given == null ? List.<@Nullable String>of() : given) {
            texts.add(needed(text, OUTGOING));
        }
        return texts;
    }

    private static String needed(@Nullable String value, String shape) {
        if (value == null) {
            throw ChatError.badRequest(shape).exception();
        }
        return value;
    }

    private static HttpApi.Answer ok(Object json) {
        return HttpApi.Answer.ok(json, null);
    }

    /// @param done always true, once it is on disk
    private static HttpApi.Answer done(boolean done) {
        return new HttpApi.Answer(done ? 204 : 500, null, null);
    }
}
