package io.natter.chat.command;

import io.natter.chat.config.Setting;
import io.natter.chat.config.Settings;
import io.natter.chat.config.Value;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/// `doctor`.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks the data folder, the database, the running chat and the way to it through a"
                        + " proxy. Give it the settings of the chat. The exit code is 1 if something is"
                        + " broken.")
final class DoctorCommand extends DataCommand {
    DoctorCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    Set<Setting> settings() {
        return EnumSet.allOf(Setting.class);
    }

    @Override
    int run(Settings settings) throws CommandException {
        Findings findings = new Findings(out());
        boolean runs = new FolderCheck(data(settings), findings).run();
        Value certificate = settings.get(Setting.TLS_CERT);
        if (certificate.isSet()) {
            ServerCheck.certificate(certificate, findings);
        }
        Value issuer = settings.get(Setting.OIDC_ISSUER);
        if (issuer.isSet()) {
            ProviderCheck.run(issuer.text(), findings);
        }
        if (runs) {
            ServerCheck server = new ServerCheck(findings);
            server.local(settings);
            String path = settings.get(Setting.BASE_PATH).text();
            settings.get(Setting.ORIGIN).list().forEach(each -> server.origin(each, path));
        }
        int faults = findings.faults();
        out().println(
                        faults == 0
                                ? "Nothing is broken."
                                : Text.count(faults, "thing is broken.", "things are broken."));
        out().flush();
        return faults == 0 ? 0 : 1;
    }
}
