package io.natter.chat.wire;

import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The REST API of bots, and the bodies of outgoing webhooks. The objects in them are those of
/// Socket.IO.
public final class WireRest {
    private WireRest() {}

    // ---- requests

    public record Send(
            @Nullable String text,
            @Nullable Long replyTo,
            @Nullable List<WireRequests.@Nullable File> files) {}

    public record EditText(@Nullable String text, @Nullable Long baseVer) {}

    // ---- answers

    public record Rooms(List<WireRooms.Head> rooms) {}

    public record Members(List<WireAccounts.ProfileOut> people, boolean more) {}

    public record Messages(List<WireMessages.Msg> messages, boolean more) {}

    public record Sent(long seq, long ver, long ts, @Nullable Boolean dup) {}

    public record Edited(long ver, long editedAt) {}

    public record Changed(long ver) {}

    public static Rooms rooms(List<RoomHead> heads) {
        return new Rooms(heads.stream().map(WireRooms::head).toList());
    }

    public static Members members(List<Profile> people, boolean more) {
        return new Members(people.stream().map(WireAccounts::profile).toList(), more);
    }

    public static Messages messages(Page page) {
        return new Messages(page.messages().stream().map(WireMessages::msg).toList(), page.more());
    }

    public static Sent sent(Posted posted) {
        return new Sent(
                posted.seq(), posted.ver(), posted.ts(), WireMessages.orAbsent(posted.dup()));
    }

    public static Edited edited(Edit.Done done) {
        return new Edited(done.ver(), done.editedAt());
    }

    // ---- webhooks

    /// The body of a delivery.
    ///
    /// @param timestamp in the form of ISO 8601
    public record Event(String type, String timestamp, Object data) {}

    public record MessageData(String room, WireMessages.Msg message) {}

    public record MemberData(String room, Person person) {}

    public static MessageData message(Change.OfMessage change) {
        return new MessageData(change.message().room(), WireMessages.msg(change.message()));
    }
}
