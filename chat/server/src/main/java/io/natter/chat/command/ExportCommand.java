package io.natter.chat.command;

import io.natter.chat.config.Settings;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.BackupException;
import io.natter.chat.store.archive.Export;
import io.natter.chat.store.archive.PersonExport;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `export DIR`.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes all rooms, direct ones too, to a folder for reading elsewhere, also while the"
                        + " chat runs.")
final class ExportCommand extends DataCommand {
    @Parameters(
            paramLabel = "DIR",
            description = "The folder to make; with --person, the file to make.")
    private Path target = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "json|html",
            defaultValue = "json",
            description = "html opens in a browser without a server. Default: ${DEFAULT-VALUE}.")
    private Export.Format format = Export.Format.JSON;

    @Option(
            names = "--person",
            paramLabel = "NAME",
            description = "Writes what is stored of one person, as one JSON file.")
    private @Nullable String person;

    ExportCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    int run(Settings settings) throws BackupException, StoreUnavailableException {
        String wanted = person;
        if (wanted != null) {
            PersonExport.write(data(settings), wanted, target);
            out().println("%s: everything of %s.".formatted(target, Text.name(wanted)));
        } else {
            Export.Done done = Export.write(data(settings), target, format, this::step);
            out().println(
                            "%s: %s in %s."
                                    .formatted(
                                            target,
                                            Text.count(done.messages(), "message", "messages"),
                                            Text.count(done.rooms(), "room", "rooms")));
        }
        out().flush();
        return 0;
    }
}
