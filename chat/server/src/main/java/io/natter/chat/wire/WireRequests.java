package io.natter.chat.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The requests of clients. Anything may be missing, so each field is nullable and checked where it
/// is used.
public final class WireRequests {
    private WireRequests() {}

    public record SignIn(@Nullable String name, @Nullable String device) {}

    public record Hello(
            @Nullable Integer proto,
            @Nullable String device,
            @Nullable String epoch,
            @Nullable Long meVer,
            @Nullable Map<String, @Nullable Long> rooms) {}

    // ---- messages

    public record Send(
            @Nullable String room,
            @Nullable String cmid,
            @Nullable String text,
            @Nullable Long replyTo,
            @Nullable List<@Nullable File> files) {}

    /// A file of [Send].
    public record File(@Nullable String id, @Nullable String alt) {}

    /// `POST /api/files`.
    public record NewFile(@Nullable String token, @Nullable String name, @Nullable Long size) {}

    public record Edit(
            @Nullable String room,
            @Nullable Long seq,
            @Nullable Long baseVer,
            @Nullable String text) {}

    /// `msg.del`, `edits`, `read` and `unread`.
    public record OneMessage(@Nullable String room, @Nullable Long seq) {}

    public record React(
            @Nullable String room,
            @Nullable Long seq,
            @Nullable String emoji,
            @Nullable Boolean on) {}

    public record Pin(@Nullable String room, @Nullable Long seq, @Nullable Boolean on) {}

    public record History(
            @Nullable String room,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Long around,
            @Nullable Integer limit) {}

    public record Sync(@Nullable String room, @Nullable Long sinceVer, @Nullable Integer limit) {}

    public record Search(
            @Nullable String q,
            @Nullable String room,
            @Nullable String from,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable List<@Nullable String> has,
            @Nullable Integer limit) {}

    /// `mentions`.
    ///
    /// @param before time, room and number of the last message that the client has
    public record Mentions(@Nullable JsonNode before, @Nullable Integer limit) {}

    // ---- rooms

    /// `pins`, `room.join`, `room.leave` and `typing`.
    public record OneRoom(@Nullable String room) {}

    public record Create(
            @Nullable String kind,
            @Nullable String name,
            @Nullable String topic,
            @Nullable List<@Nullable String> people) {}

    public record Set(@Nullable String room, @Nullable String name, @Nullable String topic) {}

    public record Archive(@Nullable String room, @Nullable Boolean on) {}

    public record Invite(@Nullable String room, @Nullable List<@Nullable String> people) {}

    public record Level(@Nullable String room, @Nullable String level) {}

    /// `room.find` and `people`.
    public record Find(@Nullable String q, @Nullable Integer limit) {}

    public record Members(@Nullable String room, @Nullable String q, @Nullable Integer limit) {}
}
