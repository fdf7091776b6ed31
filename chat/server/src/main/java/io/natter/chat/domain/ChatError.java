package io.natter.chat.domain;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;

/// Why something was refused, as it goes to the client. Every code of the chat is made here, so
/// this file is the list of them.
///
/// @param code what a program tests, for instance `text_too_long`
/// @param message one sentence for a person that says what to do
/// @param retryAfterMs how long to wait before the same request can succeed; empty when waiting is
///   not what helps
/// @param permanent true when the same request will be refused however often it is sent
public record ChatError(String code, String message, OptionalLong retryAfterMs, boolean permanent) {
    /// The code of [#slowMode].
    public static final String SLOW_MODE = "slow_mode";

    public static ChatError nameEmpty() {
        return forever("name_empty", "Please type a name that can be seen.");
    }

    public static ChatError nameTooLong() {
        return forever(
                "name_too_long", "Please choose a name of at most " + Bounds.NAME + " characters.");
    }

    public static ChatError nameInvalid() {
        return forever(
                "name_invalid",
                "Please choose a name without control characters and with few marks on a letter.");
    }

    public static ChatError nameReserved() {
        return forever("name_reserved", "This name is reserved. Please choose another.");
    }

    public static ChatError nameTaken() {
        return forever(
                "name_taken",
                "Somebody has this name, or one that looks like it. Please choose another.");
    }

    public static ChatError noSession() {
        return forever("no_session", "Sign in first.");
    }

    public static ChatError textEmpty() {
        return forever("text_empty", "Please type a message first.");
    }

    public static ChatError textTooLong() {
        return forever(
                "text_too_long",
                "Please shorten the message to " + Bounds.MESSAGE + " characters.");
    }

    public static ChatError cmidInvalid() {
        return forever(
                "cmid_invalid",
                "A cmid is 1 to 64 letters, digits, '-' or '_'; a random UUID is best.");
    }

    public static ChatError cmidReused() {
        return forever(
                "cmid_reused",
                "This cmid belongs to another message; make a new one for each message.");
    }

    public static ChatError queryEmpty() {
        return forever("query_empty", "Please type what to search for.");
    }

    // ---- saved and scheduled messages

    public static ChatError timeInvalid() {
        return forever("time_invalid", "Please choose a time in the next 366 days.");
    }

    public static ChatError tooManySaved(int most) {
        return forever(
                "too_many_saved",
                "You have saved " + most + " messages. Please remove some of them first.");
    }

    public static ChatError tooManyScheduled(int most) {
        return forever(
                "too_many_scheduled",
                most + " messages wait to be sent. Please cancel some of them first.");
    }

    public static ChatError scheduledUnknown() {
        return forever("scheduled_unknown", "This message was sent or cancelled already.");
    }

    // ---- accounts

    /// The same for a name without an account, so that names cannot be guessed.
    public static ChatError wrongPassword() {
        return forever("wrong_password", "The name or the password is not right.");
    }

    public static ChatError passwordTooShort(int shortest) {
        return forever(
                "password_too_short",
                "Please choose a password of at least " + shortest + " characters.");
    }

    public static ChatError passwordTooLong(int longest) {
        return forever(
                "password_too_long",
                "Please choose a password of at most " + longest + " characters.");
    }

    public static ChatError passwordCommon() {
        return forever("password_common", "Many people use this password. Please choose another.");
    }

    public static ChatError accountExists() {
        return forever("account_exists", "You have an account already.");
    }

    public static ChatError accountNeeded() {
        return forever("account_needed", "Only a person with an account can have this role.");
    }

    public static ChatError guestsRefused() {
        return forever("guests_refused", "This place is for people with an account only.");
    }

    public static ChatError inviteNeeded() {
        return forever("invite_needed", "You need an invite to sign up here.");
    }

    /// Also for an invite that has expired, was used up or revoked.
    public static ChatError inviteUnknown() {
        return forever("invite_unknown", "This invite does not work any more. Ask for a new one.");
    }

    public static ChatError setupDone() {
        return forever(
                "setup_done", "This link does not work. Look at the console for the present one.");
    }

    public static ChatError sessionUnknown() {
        return forever("session_unknown", "There is no such session.");
    }

    public static ChatError statusTooLong() {
        return forever(
                "status_too_long",
                "Please shorten the status to " + Bounds.STATUS + " characters.");
    }

    public static ChatError statusInvalid() {
        return forever("status_invalid", "Please write the status without control characters.");
    }

    // ---- passkeys and OpenID Connect

    /// The same for a passkey that is not known, is another's, or whose signature is not right.
    public static ChatError passkeyRefused() {
        return forever(
                "passkey_refused",
                "This passkey does not work here. Please try another, or sign in another way.");
    }

    public static ChatError passkeysUnavailable() {
        return forever(
                "passkeys_unavailable",
                "Passkeys need https and a host name. Please open the chat at its https address.");
    }

    public static ChatError passkeyKnown() {
        return forever("passkey_known", "This passkey is in use already.");
    }

    public static ChatError tooManyMethods(int most) {
        return forever(
                "too_many_methods",
                "An account has at most " + most + " of these. Please remove one first.");
    }

    public static ChatError methodUnknown() {
        return forever("method_unknown", "This was removed already. Please open the list again.");
    }

    public static ChatError lastMethod() {
        return forever(
                "last_method", "This is your only way to sign in. Please add another one first.");
    }

    public static ChatError confirmNeeded() {
        return forever("confirm_needed", "Please confirm first that it is you.");
    }

    /// Also for a step that was begun in another browser.
    public static ChatError stepOver() {
        return forever("step_over", "This took too long. Please begin again.");
    }

    public static ChatError openIdOff() {
        return forever("openid_off", "OpenID Connect is not set up here.");
    }

    /// People sign in at the provider only.
    ///
    /// @param label the name of the provider, as the operator has set it
    public static ChatError openIdOnly(String label) {
        return forever("openid_only", "Please sign in with " + label + ". There is no other way.");
    }

    /// The provider does not answer, or not as a provider does.
    public static ChatError providerAway(String label) {
        return new ChatError(
                "provider_away",
                label
                        + " does not answer. Please try again in a minute. If it goes on, tell the"
                        + " operator of this chat.",
                OptionalLong.of(60_000),
                false);
    }

    /// The provider has refused, or the person has stopped there.
    public static ChatError providerRefused(String label) {
        return forever(
                "provider_refused",
                label + " did not sign you in. Please begin again, or sign in another way.");
    }

    /// The provider refuses the chat itself, as with a wrong client secret.
    public static ChatError providerSetup(String label) {
        return forever(
                "provider_setup",
                label + " refuses this chat. Please tell the operator of this chat.");
    }

    /// The answer of the provider could not be verified.
    public static ChatError openIdInvalid(String label) {
        return forever(
                "openid_invalid",
                "The answer of "
                        + label
                        + " could not be verified. Please begin again. If it goes on, tell the"
                        + " operator of this chat.");
    }

    public static ChatError openIdClock(String label) {
        return forever(
                "openid_clock",
                "The clocks of this chat and of "
                        + label
                        + " differ. Please tell the operator of this chat.");
    }

    /// The person is known to the provider, but may not come in here.
    public static ChatError identityRefused(String label) {
        return forever(
                "identity_refused",
                "Your account of "
                        + label
                        + " may not use this chat. Please ask its operator for access.");
    }

    public static ChatError identityTaken() {
        return forever("identity_taken", "Another account here is linked to this already.");
    }

    /// The person of a session confirmed with the identity of somebody else.
    public static ChatError otherIdentity() {
        return forever("other_identity", "That is not linked to your account here.");
    }

    public static ChatError noAccount() {
        return forever(
                "no_account",
                "You have no account here yet. Ask the operator for one, or sign in another way and"
                        + " link it under Your account.");
    }

    // ---- roles and moderation

    public static ChatError forbidden() {
        return forever("forbidden", "Your role does not allow this.");
    }

    public static ChatError lastOwner() {
        return forever("last_owner", "Please make somebody else an owner first.");
    }

    public static ChatError tooManyInvites(int most) {
        return forever(
                "too_many_invites",
                "There are at most " + most + " invites at a time. Please revoke one first.");
    }

    public static ChatError banned(String reason) {
        return forever(
                "banned",
                "You are banned from this place." + (reason.isEmpty() ? "" : " Reason: " + reason));
    }

    public static ChatError muted(Duration left) {
        return new ChatError(
                "muted",
                "A moderator has muted you. You can read, but not write for now.",
                OptionalLong.of(Math.max(1, left.toMillis())),
                true);
    }

    /// The message can be sent later, so the same request succeeds then.
    public static ChatError slowMode(Duration left) {
        return new ChatError(
                SLOW_MODE,
                "This room is in slow mode. Please wait before the next message.",
                OptionalLong.of(Math.max(1, left.toMillis())),
                false);
    }

    // ---- bots and webhooks

    /// Also for a token that was revoked.
    public static ChatError tokenUnknown() {
        return forever(
                "token_unknown",
                "This token does not work. Send the header Authorization: Bearer TOKEN with the"
                        + " token of a bot.");
    }

    public static ChatError botUnknown() {
        return forever("bot_unknown", "There is no such bot.");
    }

    public static ChatError tooManyBots(int most) {
        return forever(
                "too_many_bots",
                "There are at most " + most + " bots at a time. Please revoke one first.");
    }

    /// A bot is where members took it.
    public static ChatError botNotAdded() {
        return forever(
                "bot_not_added",
                "A bot enters no room by itself. Ask a member of the room to add it.");
    }

    public static ChatError webhookUnknown() {
        return forever("webhook_unknown", "There is no such webhook.");
    }

    public static ChatError tooManyWebhooks(int most) {
        return forever(
                "too_many_webhooks",
                "There are at most " + most + " webhooks at a time. Please revoke one first.");
    }

    // ---- messages

    public static ChatError messageUnknown() {
        return forever("message_unknown", "There is no such message.");
    }

    public static ChatError deleted() {
        return forever("deleted", "This message was deleted.");
    }

    public static ChatError notYours() {
        return forever("not_yours", "Only the person who made this can change it.");
    }

    public static ChatError conflict() {
        return forever("conflict", "The message was changed meanwhile. Please look at it again.");
    }

    public static ChatError badEmoji() {
        return forever("bad_emoji", "Please choose one emoji.");
    }

    public static ChatError tooManyReactions() {
        return forever(
                "too_many_reactions",
                "A message has at most " + Bounds.EMOJI + " different emoji.");
    }

    public static ChatError tooManyPins() {
        return forever(
                "too_many_pins",
                "A room has at most " + Bounds.PINS + " pinned messages. Please unpin one first.");
    }

    // ---- files

    public static ChatError fileEmpty() {
        return forever("file_empty", "This file is empty. Please choose another.");
    }

    public static ChatError fileTooLarge() {
        return forever(
                "file_too_large",
                "This file is too large. A file has at most " + (Bounds.FILE >> 20) + " MB.");
    }

    /// Also for a file that this person may not read.
    public static ChatError fileUnknown() {
        return forever("file_unknown", "There is no such file, or you may not read it.");
    }

    public static ChatError tooManyFiles() {
        return forever("too_many_files", "A message has at most " + Bounds.FILES + " files.");
    }

    public static ChatError quota() {
        return forever(
                "quota",
                "Your files have "
                        + (Bounds.FILES_OF_PERSON >> 30)
                        + " GB, which is all you may store. Please delete messages with files.");
    }

    public static ChatError imageBroken() {
        return forever("image_broken", "This image cannot be read. Please choose another.");
    }

    public static ChatError imageTooLarge(long pixels) {
        return forever(
                "image_too_large",
                "This image is too large. An image has at most "
                        + pixels / 1_000_000
                        + " million pixels.");
    }

    /// More bytes at once than a part of an upload may have.
    public static ChatError pictureInvalid() {
        return forever(
                "picture_invalid", "Please choose a picture in PNG, JPEG, WebP or GIF format.");
    }

    public static ChatError zoneUnknown() {
        return forever("zone_unknown", "Please choose a time zone such as Europe/Berlin.");
    }

    public static ChatError partTooLarge(int most) {
        return forever("body_too_large", "Please send at most " + (most >> 10) + " KiB at a time.");
    }

    /// Nothing was stored; messages still can be.
    public static ChatError diskFull() {
        return new ChatError(
                "disk_full",
                "The server has no room for files at the moment. Please try again later.",
                OptionalLong.of(30_000),
                false);
    }

    // ---- rooms

    public static ChatError roomTaken() {
        return forever("room_taken", "There is a room of this name. Please choose another.");
    }

    public static ChatError roomNameEmpty() {
        return forever("room_name_empty", "Please type a name that can be seen.");
    }

    public static ChatError roomNameTooLong() {
        return forever(
                "room_name_too_long",
                "Please choose a name of at most " + Bounds.ROOM_NAME + " characters.");
    }

    public static ChatError roomNameInvalid() {
        return forever(
                "room_name_invalid",
                "Please choose a name with letters or digits, and without control characters.");
    }

    public static ChatError topicTooLong() {
        return forever(
                "topic_too_long", "Please shorten the topic to " + Bounds.TOPIC + " characters.");
    }

    public static ChatError roomArchived() {
        return forever("room_archived", "This room is archived and takes nothing new.");
    }

    public static ChatError notAllowed() {
        return forever("not_allowed", "This cannot be done in this room.");
    }

    public static ChatError personUnknown() {
        return forever("person_unknown", "There is no such person.");
    }

    public static ChatError tooManyPeople(int most) {
        return forever("too_many_people", "Please choose at most " + most + " people.");
    }

    public static ChatError tooManyRooms() {
        return forever(
                "too_many_rooms",
                "A person can be in at most " + Bounds.ROOMS + " rooms. Please leave one first.");
    }

    /// Also the answer for a room that exists but has no such member, so that rooms cannot be
    /// guessed.
    public static ChatError roomUnknown() {
        return forever("room_unknown", "There is no such room, or you are not a member of it.");
    }

    public static ChatError badRequest(String why) {
        return forever("bad_request", why);
    }

    /// For an event or an address that the chat does not have.
    public static ChatError unknown(String what) {
        return forever("unknown", "There is no such " + what + ".");
    }

    /// The request comes from another site's page.
    public static ChatError foreignOrigin() {
        return forever(
                "foreign_origin",
                "This address is not one the server knows as its own. The administrator can allow it"
                        + " with --origin.");
    }

    /// The request did not arrive whole in time.
    public static ChatError requestTimeout() {
        return new ChatError(
                "request_timeout",
                "The request took too long to arrive. Please try again.",
                OptionalLong.empty(),
                false);
    }

    /// The body of a request is over the bound.
    public static ChatError bodyTooLarge() {
        return forever("body_too_large", "Please send less: at most 64 KiB.");
    }

    public static ChatError tooManySockets() {
        return new ChatError(
                "too_many_sockets",
                "Natter is open too many times. Please close some of its tabs.",
                OptionalLong.of(30_000),
                false);
    }

    public static ChatError helloFirst() {
        return new ChatError(
                "hello_first", "Send hello before anything else.", OptionalLong.empty(), false);
    }

    public static ChatError rate(Duration wait) {
        return new ChatError(
                "rate",
                "That was too fast. Please wait a moment.",
                OptionalLong.of(Math.max(1, wait.toMillis())),
                false);
    }

    /// More writes are waiting than the store will hold; nothing was stored.
    public static ChatError busy(Duration wait) {
        return new ChatError(
                "busy",
                "The server is busy. Please try again in a moment.",
                OptionalLong.of(wait.toMillis()),
                false);
    }

    /// How soon it is worth asking a store in trouble again.
    private static final long STORAGE_WAIT_MS = 5_000;

    /// The disk is full, or the database is locked, read-only or broken; nothing was stored.
    public static ChatError storage() {
        return new ChatError(
                "storage",
                "The server cannot store anything at the moment. Please try again later.",
                OptionalLong.of(STORAGE_WAIT_MS),
                false);
    }

    /// As [#storage], when the disk is full.
    public static ChatError storageFull() {
        return new ChatError(
                storage().code(),
                "The disk of the server is full, so nothing can be stored at the moment. Please try"
                        + " again later.",
                storage().retryAfterMs(),
                false);
    }

    /// Something went wrong that is the server's own fault.
    public static ChatError internal() {
        return new ChatError(
                "internal", "Something went wrong on the server.", OptionalLong.empty(), false);
    }

    /// The cause of a failed future or of a thrown exception: the error a [ChatException] carries,
    /// out of the wrappings that futures add, and [#internal] for anything else.
    public static ChatError of(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ChatException refused ? refused.error() : internal();
    }

    private static ChatError forever(String code, String message) {
        return new ChatError(code, message, OptionalLong.empty(), true);
    }

    public ChatException exception() {
        return new ChatException(this);
    }
}
