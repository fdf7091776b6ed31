package io.natter.chat.web.integration;

import io.natter.chat.access.Limits;
import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireMessages;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRest;
import io.natter.chat.wire.WireRooms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/api/v1`: the calls of bots. They have the rules and limits of Socket.IO. Runs on a virtual
/// thread and may block; what it throws is answered by [RestRoutes].
public final class RestApi {
    private static final int PAGE = 50;
    private static final int MEMBERS = 200;
    private static final String TEXT = "Send {\"text\": \"…\"} as JSON.";

    private final ChatStore store;
    private final Limits limits;

    public RestApi(ChatStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    HttpApi.Answer me(RestCall call) {
        take(call, Kind.LOOK);
        return ok(WireAccounts.profile(store.accounts().profile(call.bot().id())));
    }

    HttpApi.Answer rooms(RestCall call) {
        take(call, Kind.LOOK);
        return ok(WireRest.rooms(heads(call)));
    }

    HttpApi.Answer room(RestCall call) {
        take(call, Kind.LOOK);
        return ok(
                heads(call).stream()
                        .filter(head -> head.id().equals(call.room()))
                        .findFirst()
                        .map(WireRooms::head)
                        .orElseThrow(() -> ChatError.roomUnknown().exception()));
    }

    private List<RoomHead> heads(RestCall call) {
        return store.rooms().snapshot(call.bot(), Optional.empty(), Map.of()).rooms();
    }

    HttpApi.Answer members(RestCall call) {
        take(call, Kind.LOOK);
        int most = call.limit(PAGE, MEMBERS);
        String after = call.text("after");
        List<Profile> people =
                store.bots().members(call.bot(), call.room(), after == null ? "" : after, most + 1);
        boolean more = people.size() > most;
        return ok(WireRest.members(more ? people.subList(0, most) : people, more));
    }

    // ---- messages

    HttpApi.Answer messages(RestCall call) {
        take(call, Kind.LOOK);
        Page page =
                store.messages()
                        .history(call.bot(), call.room(), window(call), call.limit(PAGE, Page.MAX));
        return ok(WireRest.messages(page));
    }

    private static Window window(RestCall call) {
        Long before = call.number("before");
        Long after = call.number("after");
        Long around = call.number("around");
        if (Stream.of("before", "after", "around").filter(call.query()::containsKey).count() > 1) {
            throw ChatError.badRequest("Use one of before, after and around.").exception();
        }
        if (before != null) {
            return new Window.Before(before);
        }
        if (after != null) {
            return new Window.After(after);
        }
        return around == null ? new Window.Latest() : new Window.Around(around);
    }

    HttpApi.Answer message(RestCall call) {
        take(call, Kind.LOOK);
        long seq = call.seq();
        return ok(
                store
                        .messages()
                        .history(call.bot(), call.room(), new Window.Before(seq + 1), 1)
                        .messages()
                        .stream()
                        .filter((Message message) -> message.seq() == seq)
                        .findFirst()
                        .map(WireMessages::msg)
                        .orElseThrow(() -> ChatError.messageUnknown().exception()));
    }

    /// The header `Idempotency-Key` is the message's cmid: the same key again gives the same
    /// numbers.
    HttpApi.Answer send(RestCall call) {
        WireRest.Send in = call.json(WireRest.Send.class, TEXT);
        take(call, Kind.MESSAGE);
        @Nullable String key = call.http().headers().get("idempotency-key");
        Posted posted =
                store.messages()
                        .post(
                                Draft.of(
                                        call.room(),
                                        call.bot(),
                                        key == null ? RandomId.next() : key,
                                        in.text() == null ? "" : in.text(),
                                        in.replyTo(),
                                        files(in.files())))
                        .join();
        return new HttpApi.Answer(posted.dup() ? 200 : 201, WireRest.sent(posted), null);
    }

    private static List<SentFile> files(@Nullable List<WireRequests.@Nullable File> files) {
        if (files == null) {
            return List.of();
        }
        return files.stream()
                .map(
                        file -> {
                            if (file == null || file.id() == null) {
                                throw ChatError.badRequest("Each file needs an id.").exception();
                            }
                            return SentFile.of(file.id(), file.alt() == null ? "" : file.alt());
                        })
                .toList();
    }

    HttpApi.Answer edit(RestCall call) {
        WireRest.EditText in = call.json(WireRest.EditText.class, TEXT);
        take(call, Kind.MESSAGE);
        // Without base_ver the new text holds, whatever it replaces.
        long base = in.baseVer() == null ? Long.MAX_VALUE : in.baseVer();
        String text = in.text() == null ? "" : in.text();
        return ok(
                WireRest.edited(
                        store.messages()
                                .edit(Edit.of(call.room(), call.bot(), call.seq(), base, text))
                                .join()));
    }

    HttpApi.Answer delete(RestCall call) {
        take(call, Kind.MESSAGE);
        long ver = store.messages().delete(call.bot(), call.room(), call.seq()).join();
        return ok(new WireRest.Changed(ver));
    }

    HttpApi.Answer react(RestCall call) {
        return react(call, true);
    }

    HttpApi.Answer unreact(RestCall call) {
        return react(call, false);
    }

    private HttpApi.Answer react(RestCall call, boolean on) {
        take(call, Kind.REACT);
        Emoji emoji = Emoji.of(call.path().getOrDefault("emoji", ""));
        return ok(
                new WireRest.Changed(
                        store.messages()
                                .react(call.bot(), call.room(), call.seq(), emoji, on)
                                .join()));
    }

    private void take(RestCall call, Kind kind) {
        limits.of(call.bot().id()).require(kind);
    }

    private static HttpApi.Answer ok(Object json) {
        return HttpApi.Answer.ok(json, null);
    }
}
