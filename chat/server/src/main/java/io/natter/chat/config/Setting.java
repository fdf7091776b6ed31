package io.natter.chat.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The settings of the chat, in the order of `--help`. Each has one name in three forms: the flag
/// `--tls-cert`, the environment variable `NATTER_TLS_CERT`, the key `tls-cert` of a file.
public enum Setting {
    PORT("port", "N", "3000", "The port to listen on; 0 for any free one."),
    HOST(
            "host",
            "H",
            "127.0.0.1",
            "The address to listen on; 0.0.0.0 for all. On loopback, only this machine and a proxy on"
                    + " it reach the chat."),
    DATA("data", "DIR", "./data", "The data folder; created if it is missing."),
    ORIGIN(
            "origin",
            "URL",
            "",
            "An address by which browsers reach the chat, such as https://chat.example.com; needed"
                    + " behind a proxy. Several are separated by commas, or the flag is repeated."),
    TRUSTED_PROXIES(
            "trusted-proxies",
            "LIST",
            "",
            "The proxies before the chat: addresses, networks (10.0.0.0/8) or the word loopback,"
                    + " separated by commas. The chat believes their X-Forwarded-For."),
    TLS_CERT(
            "tls-cert",
            "FILE",
            "",
            "The certificate in PEM, followed by those between it and the authority. The chat then"
                    + " speaks HTTPS alone, and reads changed files by itself."),
    TLS_KEY("tls-key", "FILE", "", "The private key of the certificate in PEM (PKCS#8)."),
    BASE_PATH(
            "base-path",
            "PATH",
            "",
            "The path below which browsers reach the chat, such as /chat. A proxy must pass it on."),
    METRICS_TOKEN(
            "metrics-token",
            "TOKEN",
            "",
            "The bearer token with which a program may read /metrics, 16 characters or more. Without"
                    + " it there are no metrics."),
    SLOW_LOG(
            "slow-log",
            "MS",
            "1000",
            "Operations that take so many milliseconds or more are logged; 0 for none."),
    LOG_FORMAT(
            "log-format", "FORMAT", "text", "The form of the log: text, or json for JSON lines."),
    ADMIN_UI_PASSWORD(
            "admin-ui-password",
            "HASH",
            "",
            "A hash of bcrypt or Argon2. With it the owner can open the Socket.IO Admin UI at"
                    + " /admin-ui/, as admin with that password."),
    OIDC_ISSUER(
            "oidc-issuer",
            "URL",
            "",
            "The issuer of an OpenID Connect provider, exactly as the provider writes it. People then"
                    + " can sign in there."),
    OIDC_CLIENT_ID("oidc-client-id", "ID", "", "The id of the chat at the provider."),
    OIDC_CLIENT_SECRET(
            "oidc-client-secret",
            "TEXT",
            "",
            "The secret of the chat at the provider; none for a public client. Other users of the"
                    + " machine can see a flag: use the file or the environment."),
    OIDC_CLIENT_SECRET_FILE(
            "oidc-client-secret-file", "FILE", "", "A file with the secret, instead."),
    OIDC_SCOPES(
            "oidc-scopes",
            "LIST",
            "openid profile email",
            "The scopes to ask for, separated by spaces."),
    OIDC_LABEL("oidc-label", "TEXT", "OpenID Connect", "The name of the provider on the page."),
    OIDC_NAME_CLAIM(
            "oidc-name-claim",
            "CLAIM",
            "name",
            "The claim with a person's name in the chat. If the name is taken, the page asks for"
                    + " another."),
    OIDC_CREATE(
            "oidc-create",
            "YES",
            "yes",
            "yes makes an account for a person without one; no lets in only those who have linked"
                    + " theirs."),
    OIDC_EMAIL_DOMAINS(
            "oidc-email-domains",
            "LIST",
            "",
            "Lets in only people with a verified e-mail address of one of these domains, separated by"
                    + " commas."),
    OIDC_REQUIRE(
            "oidc-require",
            "CLAIM=VALUE",
            "",
            "Lets in only people whose claim has this value, or whose list contains it, such as"
                    + " groups=chat."),
    OIDC_ONLY(
            "oidc-only",
            "YES",
            "no",
            "yes turns passwords, passkeys and guests off: people sign in at the provider only."),
    WEBHOOK_NETWORKS(
            "webhook-networks",
            "LIST",
            "",
            "Networks besides the public internet that outgoing webhooks may reach: addresses,"
                    + " networks (10.0.0.0/8) or the word loopback, separated by commas."),
    CONFIG("config", "FILE", "", "A file with settings, one KEY = VALUE on a line.");

    private static final String PREFIX = "NATTER_";

    private final String key;
    private final String label;
    private final String defaultText;
    private final String help;

    Setting(String key, String label, String defaultText, String help) {
        this.key = key;
        this.label = label;
        this.defaultText = defaultText;
        this.help = help;
    }

    /// The key in a file.
    public String key() {
        return key;
    }

    /// The name on the command line.
    public String flag() {
        return "--" + key;
    }

    /// The name in the environment.
    public String variable() {
        return PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /// The word that stands for the value in `--help`.
    public String label() {
        return label;
    }

    /// The value that holds where none is given; may be empty.
    public String defaultText() {
        return defaultText;
    }

    /// The meaning, in a sentence or two.
    public String help() {
        return help;
    }

    /// Whether there may be several values, separated by commas.
    public boolean isList() {
        return this == ORIGIN
                || this == TRUSTED_PROXIES
                || this == OIDC_EMAIL_DOMAINS
                || this == WEBHOOK_NETWORKS;
    }

    /// Whether the value must not be shown.
    public boolean isSecret() {
        return this == METRICS_TOKEN || this == ADMIN_UI_PASSWORD || this == OIDC_CLIENT_SECRET;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(each -> each != CONFIG && each.key.equals(key))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).filter(each -> each != CONFIG).map(Setting::key).toList();
    }

    static List<String> variables() {
        return Arrays.stream(values()).map(Setting::variable).toList();
    }

    static boolean isVariable(String name) {
        return name.startsWith(PREFIX);
    }

    /// The table of all settings in Markdown, as `docs/operating.md` has it.
    public static String table() {
        return Arrays.stream(values())
                .map(Setting::row)
                .collect(
                        Collectors.joining(
                                "\n",
                                "| flag | environment variable | default | |\n|---|---|---|---|\n",
                                "\n"));
    }

    private String row() {
        return "| `%s %s` | `%s` | %s | %s |"
                .formatted(
                        flag(),
                        label,
                        variable(),
                        defaultText.isEmpty() ? "none" : "`" + defaultText + "`",
                        help);
    }
}
