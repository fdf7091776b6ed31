package io.natter.chat.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.zip.ZipException;

/// The reason why an operation on files failed, in words for an operator. The messages of Java are
/// a path, or the name of a class.
public final class FileFault {
    private FileFault() {}

    /// The second half of a sentence such as `Cannot write FILE: this user may not do that.`
    public static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "this user may not do that";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " exists already";
            case NotDirectoryException file -> file.getFile() + " is no folder";
            case ZipException _ -> "it is no zip file, or its end is missing";
            default -> ofTheSystem(reason(e), e);
        };
    }

    /// Whether the disk is full, or the user's part of it.
    public static boolean isFullDisk(IOException e) {
        String reason = reason(e);
        return reason.contains("No space left") || reason.contains("quota exceeded");
    }

    private static String ofTheSystem(String reason, IOException e) {
        if (isFullDisk(e)) {
            return "the disk is full";
        }
        if (reason.contains("Read-only")) {
            return "the file system is read-only";
        }
        if (reason.contains("Not a directory")) {
            return "a part of the path is a file";
        }
        if (reason.contains("Permission denied")) {
            return "this user may not do that";
        }
        return reason.isEmpty()
                ? e.getClass().getSimpleName().replace("Exception", "")
                : SafeText.line(reason);
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        return reason == null ? "" : reason;
    }
}
