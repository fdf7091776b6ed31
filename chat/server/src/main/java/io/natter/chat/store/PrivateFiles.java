package io.natter.chat.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files and folders that only the server's own user may look into: what people say to each other
/// is nothing for every account of the machine. File systems without such rights are left alone.
public final class PrivateFiles {
    private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /// Makes the folder, and those above it, where they are missing.
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attribute(folder, FOLDER));
        }
    }

    /// Opens a file for writing, making it where it is missing.
    public static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                attribute(file, FILE));
    }

    /// Removes a folder with all that is in it, if it is there.
    public static void removeFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Takes from everybody else what an earlier version, or somebody's copy, let them see. A
    /// folder that holds other things than ours is somebody's and keeps its rights.
    static void correct(Path folder) throws IOException {
        if (!hasRights(folder)) {
            return;
        }
        boolean ours = true;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith("natter.")) {
                    correct(file, Files.isDirectory(file) ? FOLDER : FILE);
                } else if (!name.equals(DataDirectory.NATIVE)
                        && !name.equals(DataDirectory.FILES)) {
                    ours = false;
                }
            }
        }
        if (ours) {
            correct(folder, FOLDER);
        } else if (open(folder, FOLDER)) {
            log.warn(
                    "{} may be read by other users of this machine and was left so, for it holds"
                            + " other files too; the chat's own files are closed to them",
                    folder);
        }
    }

    private static void correct(Path path, Set<PosixFilePermission> rights) {
        try {
            if (open(path, rights)) {
                Set<PosixFilePermission> kept = EnumSet.copyOf(Files.getPosixFilePermissions(path));
                kept.retainAll(rights);
                Files.setPosixFilePermissions(path, kept);
                log.info(
                        "{} could be read by other users of this machine; that was taken back",
                        path);
            }
        } catch (IOException e) {
            log.warn(
                    "{} may be read by other users of this machine, and that cannot be changed",
                    path);
        }
    }

    private static boolean open(Path path, Set<PosixFilePermission> rights) throws IOException {
        return !rights.containsAll(Files.getPosixFilePermissions(path));
    }

    private static FileAttribute<?>[] attribute(Path path, Set<PosixFilePermission> rights) {
        return hasRights(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    private static boolean hasRights(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
