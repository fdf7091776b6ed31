package io.natter.chat.command;

import io.natter.chat.access.PasswordHasher;
import io.natter.chat.config.Settings;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Password;
import io.natter.chat.domain.person.Person;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.Listing;
import io.natter.chat.store.archive.OpenDatabase;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `user list`, `user reset-password`, `user make-owner` and `user delete`.
final class UserCommands {
    private static final String NAME = "The name of a person, or an id that user list shows.";

    private UserCommands() {}

    static CommandLine group(Map<String, String> environment) {
        return new CommandLine(new Group())
                .addSubcommand(Commands.of(new ListPeople(environment)))
                .addSubcommand(Commands.of(new ResetPassword(environment)))
                .addSubcommand(Commands.of(new MakeOwner(environment)))
                .addSubcommand(Commands.of(new Delete(environment)));
    }

    @Command(
            name = "user",
            mixinStandardHelpOptions = true,
            description = "Shows and changes people. Changes need the chat stopped.")
    private static final class Group extends CommandGroup {}

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows all people, also while the chat runs.")
    private static final class ListPeople extends DataCommand {
        ListPeople(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            try (OpenDatabase database = OpenDatabase.in(data(settings)).requireCurrent()) {
                out().printf(
                                "%-22s  %-9s  %-16s  %8s  %s%n",
                                "id", "role", "seen", "messages", "name");
                for (Listing.Row row : Listing.people(database)) {
                    Long seen = row.seenAt();
                    out().printf(
                                    "%-22s  %-9s  %-16s  %8d  %s%n",
                                    row.id(),
                                    row.role(),
                                    seen == null ? "never" : Text.time(seen),
                                    row.messages(),
                                    Text.name(row.name()));
                }
                out().flush();
                return 0;
            }
        }
    }

    @Command(
            name = "reset-password",
            mixinStandardHelpOptions = true,
            description =
                    "Gives a person a new password, which is printed, and ends all sessions of that"
                            + " person. A person without an account gets one.")
    private static final class ResetPassword extends DataCommand {
        @Parameters(paramLabel = "NAME", description = NAME)
        private String name = "";

        ResetPassword(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            String password = RandomId.bits(96);
            return change(
                    settings,
                    maintenance -> {
                        try (PasswordHasher hasher = new PasswordHasher()) {
                            String hash = hasher.hash(Password.typed(password));
                            Person person = maintenance.setPassword(name, hash);
                            return "The password of %s is now %s"
                                    .formatted(Text.name(person.name()), password);
                        }
                    });
        }
    }

    @Command(
            name = "make-owner",
            mixinStandardHelpOptions = true,
            description = "Makes a person with an account an owner.")
    private static final class MakeOwner extends DataCommand {
        @Parameters(paramLabel = "NAME", description = NAME)
        private String name = "";

        MakeOwner(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            return change(
                    settings,
                    maintenance ->
                            Text.name(maintenance.makeOwner(name).name()) + " is an owner now.");
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description =
                    "Removes the name, account, sessions, memberships and reactions of a person. The"
                            + " messages stay under \"Deleted person\", without --messages.")
    private static final class Delete extends DataCommand {
        @Parameters(paramLabel = "NAME", description = NAME)
        private String name = "";

        @Option(names = "--messages", description = "Also removes the texts of all messages.")
        private boolean messages;

        Delete(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            return change(
                    settings,
                    maintenance -> {
                        long removed = maintenance.deletePerson(name, messages);
                        String more = ", with " + Text.count(removed, "message", "messages");
                        return "%s was deleted%s.".formatted(Text.name(name), messages ? more : "");
                    });
        }
    }
}
