package io.natter.chat.command;

import io.natter.chat.config.Settings;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.Backup;
import io.natter.chat.store.archive.BackupException;
import io.natter.chat.store.archive.OpenDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `backup FILE`.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Writes a backup of the data folder to one file, also while the chat runs.")
final class BackupCommand extends DataCommand {
    @Parameters(paramLabel = "FILE", description = "The file to make; it must not exist.")
    private Path file = Path.of("");

    BackupCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    int run(Settings settings) throws BackupException, StoreUnavailableException {
        OpenDatabase.Contents contents =
                Backup.make(data(settings), file, InstantSource.system(), this::step);
        out().println("%s: %s, checked.".formatted(file, Text.contents(contents)));
        out().flush();
        return 0;
    }
}
