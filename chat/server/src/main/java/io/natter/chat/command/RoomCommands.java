package io.natter.chat.command;

import io.natter.chat.config.Settings;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.Listing;
import io.natter.chat.store.archive.OpenDatabase;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `room list` and `room archive`.
final class RoomCommands {
    private RoomCommands() {}

    static CommandLine group(Map<String, String> environment) {
        return new CommandLine(new Group())
                .addSubcommand(Commands.of(new ListRooms(environment)))
                .addSubcommand(Commands.of(new Archive(environment)));
    }

    @Command(
            name = "room",
            mixinStandardHelpOptions = true,
            description = "Shows and changes rooms. Changes need the chat stopped.")
    private static final class Group extends CommandGroup {}

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows all rooms, also while the chat runs.")
    private static final class ListRooms extends DataCommand {
        ListRooms(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            try (OpenDatabase database = OpenDatabase.in(data(settings)).requireCurrent()) {
                out().printf(
                                "%-22s  %-8s  %7s  %8s  %s%n",
                                "id", "kind", "members", "messages", "name");
                for (Listing.Room room : Listing.rooms(database)) {
                    out().printf(
                                    "%-22s  %-8s  %7d  %8d  %s%s%n",
                                    room.id(),
                                    room.kind(),
                                    room.members(),
                                    room.messages(),
                                    Text.name(room.name()),
                                    room.archived() ? " (archived)" : "");
                }
                out().flush();
                return 0;
            }
        }
    }

    @Command(
            name = "archive",
            mixinStandardHelpOptions = true,
            description = "Closes a room for new messages; it stays readable.")
    private static final class Archive extends DataCommand {
        @Parameters(paramLabel = "ROOM", description = "The name in the room's address, or an id.")
        private String room = "";

        @Option(names = "--undo", description = "Opens the room again.")
        private boolean undo;

        Archive(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            return change(
                    settings,
                    maintenance -> {
                        maintenance.archiveRoom(room, !undo);
                        return "%s is %s."
                                .formatted(Text.name(room), undo ? "open again" : "archived");
                    });
        }
    }
}
