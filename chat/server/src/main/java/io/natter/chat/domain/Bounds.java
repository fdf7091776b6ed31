package io.natter.chat.domain;

/// The limits of what people may enter.
public final class Bounds {
    /// UTF-16 units of a message, as JavaScript's `length` counts them.
    public static final int MESSAGE = 8000;

    /// Extended grapheme clusters (UAX #29) of a person's name: an emoji of several code points
    /// counts once.
    public static final int NAME = 32;

    /// Extended grapheme clusters of a room's name.
    public static final int ROOM_NAME = 40;

    /// UTF-16 units of a room's topic.
    public static final int TOPIC = 250;

    /// Extended grapheme clusters of a person's status.
    public static final int STATUS = 80;

    /// UTF-16 units of the reason that a moderator gives.
    public static final int REASON = 200;

    /// Different emoji on one message.
    public static final int EMOJI = 20;

    /// Pinned messages of a room.
    public static final int PINS = 50;

    /// Members of a group, its creator included.
    public static final int GROUP = 9;

    /// People whom one request may bring into a room.
    public static final int INVITED = 50;

    /// Rooms that one person may be a member of.
    public static final int ROOMS = 500;

    /// Bytes of a file.
    public static final long FILE = 25L << 20;

    /// Files of a message.
    public static final int FILES = 10;

    /// Bytes of all files of a person.
    public static final long FILES_OF_PERSON = 1L << 30;

    /// UTF-16 units of the description of a file.
    public static final int FILE_ALT = 500;

    private Bounds() {}
}
