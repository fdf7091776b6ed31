package io.natter.chat.command;

import io.natter.chat.config.Settings;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.BackupException;
import io.natter.chat.store.archive.Restore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `restore FILE`.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Checks a backup and puts it into the data folder. The chat must be stopped. The old"
                        + " data is kept in a folder beside.")
final class RestoreCommand extends DataCommand {
    @Parameters(paramLabel = "FILE", description = "A file that backup has made.")
    private Path file = Path.of("");

    RestoreCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    int run(Settings settings) throws BackupException, StoreUnavailableException {
        Restore.Done done = Restore.run(data(settings), file, InstantSource.system(), this::step);
        out().println(
                        "Restored %s, as of %s."
                                .formatted(
                                        Text.contents(done.contents()), Text.time(done.madeAt())));
        done.before().ifPresent(folder -> out().println("The old data is in " + folder + "."));
        out().flush();
        return 0;
    }
}
