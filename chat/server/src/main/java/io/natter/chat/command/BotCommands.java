package io.natter.chat.command;

import io.natter.chat.config.Settings;
import io.natter.chat.domain.integration.Bot;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.Listing;
import io.natter.chat.store.archive.OpenDatabase;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bot create`, `bot list`, `bot renew` and `bot revoke`.
final class BotCommands {
    private static final String NAME = "The name of a bot, or an id that bot list shows.";

    private BotCommands() {}

    static CommandLine group(Map<String, String> environment) {
        return new CommandLine(new Group())
                .addSubcommand(Commands.of(new Create(environment)))
                .addSubcommand(Commands.of(new ListBots(environment)))
                .addSubcommand(Commands.of(new Renew(environment)))
                .addSubcommand(Commands.of(new Revoke(environment)));
    }

    @Command(
            name = "bot",
            mixinStandardHelpOptions = true,
            description = "Shows and changes bots. Changes need the chat stopped.")
    private static final class Group extends CommandGroup {}

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a bot and prints its token, which is shown only now.")
    private static final class Create extends DataCommand {
        @Parameters(paramLabel = "NAME", description = "The name that people see.")
        private String name = "";

        Create(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            return change(
                    settings, maintenance -> token(maintenance.createBot(PersonName.of(name))));
        }
    }

    private static String token(Bot.Made made) {
        return "The token of %s is %s"
                .formatted(Text.name(made.bot().person().name()), made.token().text());
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows all bots, also while the chat runs.")
    private static final class ListBots extends DataCommand {
        ListBots(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            try (OpenDatabase database = OpenDatabase.in(data(settings)).requireCurrent()) {
                out().printf("%-22s  %-16s  %-16s  %s%n", "id", "made", "used", "name");
                for (Bot bot : Listing.bots(database)) {
                    Long used = bot.usedAt();
                    out().printf(
                                    "%-22s  %-16s  %-16s  %s%s%n",
                                    bot.person().id(),
                                    Text.time(bot.createdAt()),
                                    used == null ? "never" : Text.time(used),
                                    Text.name(bot.person().name()),
                                    bot.revoked() ? " (revoked)" : "");
                }
                out().flush();
                return 0;
            }
        }
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description = "Gives a bot a new token, which is printed; the old one ends.")
    private static final class Renew extends DataCommand {
        @Parameters(paramLabel = "NAME", description = NAME)
        private String name = "";

        Renew(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            return change(settings, maintenance -> token(maintenance.renewBot(name)));
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes the token of a bot away. Its messages stay.")
    private static final class Revoke extends DataCommand {
        @Parameters(paramLabel = "NAME", description = NAME)
        private String name = "";

        Revoke(Map<String, String> environment) {
            super(environment);
        }

        @Override
        int run(Settings settings) throws StoreUnavailableException {
            return change(
                    settings,
                    maintenance -> {
                        maintenance.revokeBot(name);
                        return "The token of %s was taken away.".formatted(Text.name(name));
                    });
        }
    }
}
