package io.natter.chat.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that only leads to others; alone it shows them.
abstract class CommandGroup implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public final Integer call() {
        CommandSpec given = spec;
        if (given != null) {
            given.commandLine().usage(given.commandLine().getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }
}
