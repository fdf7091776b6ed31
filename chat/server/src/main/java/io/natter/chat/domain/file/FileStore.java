package io.natter.chat.domain.file;

import io.natter.chat.domain.person.Person;

/// Keeps files. All methods block: call them on a virtual thread. A file that is not there, and one
/// that the person may not read, are both refused with `file_unknown`.
public interface FileStore {

    /// Begins an upload, or finds the one with this token. Fails with `quota`, `disk_full`, `muted`
    /// or `banned`.
    Upload begin(Person person, NewUpload upload);

    /// How far one's own upload is.
    Upload state(Person person, String id);

    /// Adds bytes to one's own upload. The last ones complete it: the content is checked, and an
    /// image is written anew. Bytes for another offset than the present one change nothing. Fails
    /// with `disk_full`, `busy`, and for content that is refused for ever with `image_broken` or
    /// `image_too_large`; the upload is then gone.
    ///
    /// @param offset of the first byte
    /// @return how far the upload is now
    Upload append(Person person, String id, long offset, byte[] bytes);

    /// Ends one's own upload that no sent or scheduled message has. Idempotent.
    void cancel(Person person, String id);

    /// A file of a message in a room of the person, or one's own that was not sent yet.
    ///
    /// @param preview the smaller form of an image, where there is one
    OpenFile open(Person person, String id, boolean preview);

    /// Removes uploads that no sent or scheduled message has after an hour, and the bytes of files
    /// that are gone.
    void sweep();
}
