package io.natter.chat.command;

import io.natter.chat.config.ConfigException;
import io.natter.chat.config.Setting;
import io.natter.chat.config.Settings;
import io.natter.chat.domain.ChatException;
import io.natter.chat.store.Maintenance;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.BackupException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command on a data folder. Exit codes: 0 when it is done, 1 when it could not, 2 when the
/// command line or a setting is wrong. An error is one sentence on standard error.
abstract class DataCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec private @Nullable CommandSpec spec;

    DataCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /// The settings that it has as options.
    Set<Setting> settings() {
        return EnumSet.of(Setting.DATA, Setting.CONFIG);
    }

    /// Does the work.
    ///
    /// @return the exit code
    abstract int run(Settings settings)
            throws CommandException, BackupException, StoreUnavailableException;

    @Override
    public final Integer call() {
        try {
            return run(SettingOptions.read(spec(), environment));
        } catch (ConfigException e) {
            throw new ParameterException(spec().commandLine(), e.getMessage(), e);
        } catch (CommandException | BackupException | StoreUnavailableException e) {
            err().println(e.getMessage());
        } catch (ChatException e) {
            err().println(e.error().message());
        }
        return 1;
    }

    /// Changes the data, for which the chat must be stopped, and prints what was done.
    ///
    /// @param act makes the change and returns the line to print
    final int change(Settings settings, Function<Maintenance, String> act)
            throws StoreUnavailableException {
        try (Maintenance maintenance = Maintenance.open(data(settings), InstantSource.system())) {
            out().println(act.apply(maintenance));
            out().flush();
            return 0;
        }
    }

    /// Prints a line about long work at once.
    final void step(String line) {
        out().println(line);
        out().flush();
    }

    static Path data(Settings settings) {
        return Path.of(settings.get(Setting.DATA).text());
    }

    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    final PrintWriter err() {
        return spec().commandLine().getErr();
    }

    private CommandSpec spec() {
        CommandSpec given = spec;
        if (given == null) {
            throw new IllegalStateException("not part of a command line");
        }
        return given;
    }
}
