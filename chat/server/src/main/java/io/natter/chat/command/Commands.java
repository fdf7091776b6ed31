package io.natter.chat.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The commands beside the one that runs the chat.
public final class Commands {
    private Commands() {}

    /// Adds them to a command line.
    public static void add(CommandLine line, Map<String, String> environment) {
        line.addSubcommand(of(new BackupCommand(environment)));
        line.addSubcommand(of(new RestoreCommand(environment)));
        line.addSubcommand(of(new ExportCommand(environment)));
        line.addSubcommand(of(new DoctorCommand(environment)));
        line.addSubcommand(ImportCommands.group(environment));
        line.addSubcommand(UserCommands.group(environment));
        line.addSubcommand(RoomCommands.group(environment));
        line.addSubcommand(BotCommands.group(environment));
    }

    static CommandLine of(DataCommand command) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        SettingOptions.add(spec, command.settings());
        return new CommandLine(spec);
    }
}
