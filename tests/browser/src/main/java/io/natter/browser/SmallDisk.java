package io.natter.browser;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A disk that tests fill, for programs in processes of their own.
///
/// If the machine allows it, it is a file system in memory, in a name space that only those
/// programs see; it ends with this. Otherwise the kernel limits the size of their files, which
/// fails writes in almost the same way.
public final class SmallDisk implements AutoCloseable {
    /// How a disk is made.
    public enum Kind {
        /// A file system of its own.
        MOUNTED,
        /// The machine's disk with a limit for the size of files.
        LIMITED
    }

    private static final String MOUNT =
            "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && echo ready && exec cat";
    private static final String FILLER = "filler";

    /// Bytes. Writes beyond it fail while the disk is full.
    private static final long LIMIT = 4096;

    private final Path folder;
    private final @Nullable Process holder;
    private final List<String> entering;

    private SmallDisk(Path folder, @Nullable Process holder, List<String> entering) {
        this.folder = folder;
        this.holder = holder;
        this.entering = entering;
    }

    /// The kinds that this machine can make; at least one.
    public static List<Kind> kinds() throws IOException {
        Path folder = Files.createTempDirectory("natter-disk");
        try {
            Optional<SmallDisk> disk = mounted(folder, "size=64k");
            disk.ifPresent(SmallDisk::close);
            return disk.isPresent() ? List.of(Kind.MOUNTED, Kind.LIMITED) : List.of(Kind.LIMITED);
        } finally {
            Files.delete(folder);
        }
    }

    /// Makes a disk.
    ///
    /// @param folder that is there and empty
    /// @param mebibytes of a mounted one
    public static SmallDisk make(Kind kind, Path folder, int mebibytes) throws IOException {
        return kind == Kind.LIMITED
                ? new SmallDisk(folder, null, List.of())
                : mounted(folder, "mode=0700,size=" + mebibytes + "m").orElseThrow();
    }

    /// Makes a file system that takes no writes; empty where the machine does not allow it.
    public static Optional<SmallDisk> readOnly(Path folder) throws IOException {
        return mounted(folder, "ro,size=64k");
    }

    private static Optional<SmallDisk> mounted(Path folder, String options) throws IOException {
        for (List<String> rights : List.of(List.of("-m"), List.of("-r", "-m"))) {
            List<String> command = new ArrayList<>(List.of("unshare"));
            command.addAll(rights);
            command.addAll(List.of("sh", "-c", MOUNT, "sh", options, folder.toString()));
            Process holder =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if ("ready".equals(holder.inputReader().readLine())) {
                return Optional.of(new SmallDisk(folder, holder, entering(holder, rights)));
            }
            end(holder);
        }
        return Optional.empty();
    }

    private static List<String> entering(Process holder, List<String> rights) {
        List<String> entering = new ArrayList<>(List.of("nsenter", "-t", "" + holder.pid(), "-m"));
        if (rights.contains("-r")) {
            entering.addAll(List.of("-U", "--preserve-credentials"));
        }
        return entering;
    }

    /// The words that run a command so that it sees this disk. Its process id is that of the
    /// process that they start.
    public List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(entering);
        all.addAll(command);
        return all;
    }

    /// A file or a folder on this disk, as this process sees it.
    public Path seen(String name) {
        Process process = holder;
        return process == null
                ? folder.resolve(name)
                : Path.of("/proc/" + process.pid() + "/root" + folder, name);
    }

    /// Fills the disk.
    ///
    /// @param user the process for which it is to be full
    public void fill(long user) throws IOException {
        if (holder == null) {
            limit(user, LIMIT + ":unlimited");
        } else {
            fillExcept(0);
        }
    }

    /// Fills a mounted disk but for some bytes.
    public void fillExcept(long left) throws IOException {
        Path filler = seen(FILLER);
        byte[] zeros = new byte[1 << 16];
        try (OutputStream out =
                Files.newOutputStream(
                        filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException _) {
            // It is full.
        }
        try (FileChannel file = FileChannel.open(filler, StandardOpenOption.WRITE)) {
            file.truncate(Math.max(0, file.size() - left));
        }
    }

    /// Makes space again.
    public void free(long user) throws IOException {
        if (holder == null) {
            limit(user, "unlimited:unlimited");
        } else {
            Files.deleteIfExists(seen(FILLER));
        }
    }

    private static void limit(long user, String size) throws IOException {
        Process set =
                new ProcessBuilder("prlimit", "--pid", "" + user, "--fsize=" + size)
                        .inheritIO()
                        .start();
        if (set.onExit().join().exitValue() != 0) {
            throw new IOException("prlimit failed");
        }
    }

    private static void end(Process process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        if (holder != null) {
            end(holder);
        }
    }
}
