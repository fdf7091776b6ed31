package io.natter.chat.command;

import io.natter.chat.config.Settings;
import io.natter.chat.log.FileFault;
import io.natter.chat.moving.ExportFormatException;
import io.natter.chat.moving.MattermostExport;
import io.natter.chat.moving.SlackExport;
import io.natter.chat.store.PrivateFiles;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.moving.ExportArchive;
import io.natter.chat.store.moving.Move;
import io.natter.chat.store.moving.MoveReport;
import io.natter.chat.store.moving.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `import slack` and `import mattermost`.
final class ImportCommands {
    private ImportCommands() {}

    static CommandLine group(Map<String, String> environment) {
        return new CommandLine(new Group())
                .addSubcommand(Commands.of(new Slack(environment)))
                .addSubcommand(Commands.of(new Mattermost(environment)));
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Takes people, rooms and messages of another chat. The chat must be stopped. A"
                            + " second time adds only what is new.")
    private static final class Group extends CommandGroup {}

    @Command(
            name = "slack",
            mixinStandardHelpOptions = true,
            description = "Takes the export of a workspace of Slack.")
    private static final class Slack extends ImportCommand {
        Slack(Map<String, String> environment) {
            super(environment, "slack", SlackExport::read);
        }
    }

    @Command(
            name = "mattermost",
            mixinStandardHelpOptions = true,
            description =
                    "Takes a bulk export of Mattermost: a file of JSON lines, or a zip with it.")
    private static final class Mattermost extends ImportCommand {
        Mattermost(Map<String, String> environment) {
            super(environment, "mattermost", MattermostExport::read);
        }
    }

    /// Reads an export.
    private interface Reader {
        void read(Path file, Move move, MoveReport report, Map<String, String> same)
                throws IOException, ExportFormatException;
    }

    private abstract static class ImportCommand extends DataCommand {
        private static final int STEP = 5000;

        private final String source;
        private final Reader reader;

        @Parameters(paramLabel = "FILE", description = "The export.")
        private Path file = Path.of("");

        @Option(
                names = "--same",
                paramLabel = "USER=NAME",
                description =
                        "Takes a user of the other chat for a person who is here already. May be"
                                + " repeated.")
        private Map<String, String> same = new HashMap<>();

        @Option(
                names = "--report",
                paramLabel = "FILE",
                description =
                        "The file for the list of what could not be taken. Default: FILE.report.txt"
                                + " beside the export.")
        private @Nullable Path reportFile;

        ImportCommand(Map<String, String> environment, String source, Reader reader) {
            super(environment);
            this.source = source;
            this.reader = reader;
        }

        @Override
        int run(Settings settings) throws CommandException, StoreUnavailableException {
            requireReadable();
            Path chosen = reportFile;
            Path lines =
                    chosen == null
                            ? file.resolveSibling(file.getFileName() + ".report.txt")
                            : chosen;
            try (PrintWriter writer = report(lines)) {
                MoveReport report = new MoveReport(writer);
                try (ExportArchive archive = ExportArchive.open(file);
                        Move move = Move.open(data(settings), source, report)) {
                    step("Reading " + file);
                    move.tellReading(read -> step("Read %,d messages".formatted(read)));
                    reader.read(file, move, report, same);
                    move.finish(progress(), archive);
                }
                print(report, lines);
                return 0;
            } catch (ExportFormatException e) {
                throw new CommandException(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new CommandException("Cannot read %s: %s.".formatted(file, FileFault.of(e)));
            }
        }

        private static PrintWriter report(Path lines) throws CommandException {
            try {
                Files.deleteIfExists(lines);
                return new PrintWriter(
                        Channels.newWriter(PrivateFiles.open(lines), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new CommandException(
                        "Cannot write the report %s: %s. Choose another place with --report."
                                .formatted(lines, FileFault.of(e)));
            }
        }

        private Progress progress() {
            return new Progress() {
                @Override
                public void at(long done, long all) {
                    if (done == all || done % STEP == 0) {
                        step("%,d of %,d messages".formatted(done, all));
                    }
                }

                @Override
                public void files(long taken) {
                    step("%,d files".formatted(taken));
                }
            };
        }

        private void requireReadable() throws CommandException {
            if (Files.isDirectory(file)) {
                throw new CommandException(
                        "%s is a folder. Name the zip file of the export.".formatted(file));
            }
            if (!Files.isRegularFile(file)) {
                throw new CommandException("There is no file %s.".formatted(file));
            }
            if (!Files.isReadable(file)) {
                throw new CommandException(
                        "This user may not read %s. Change its owner or its rights."
                                .formatted(file));
            }
        }

        private void print(MoveReport report, Path lines) {
            String files =
                    report.files() == 0 ? "" : ", " + Text.count(report.files(), "file", "files");
            out().println(
                            "New: %s, %s, %s%s."
                                    .formatted(
                                            Text.count(report.people(), "person", "people"),
                                            Text.count(report.rooms(), "room", "rooms"),
                                            Text.count(report.messages(), "message", "messages"),
                                            files));
            if (report.known() > 0) {
                out().println(
                                "There before: %s."
                                        .formatted(
                                                Text.count(report.known(), "message", "messages")));
            }
            if (report.missed().isEmpty()) {
                out().println("Everything was taken.");
            } else {
                out().println("Not taken, with the list in %s:".formatted(lines));
                report.missed()
                        .forEach(
                                (kind, number) ->
                                        out().printf("%,8d  %s%n", number, Text.name(kind)));
            }
            out().println(
                            "People of the import sign in after natter-chat user reset-password NAME.");
            out().flush();
        }
    }
}
