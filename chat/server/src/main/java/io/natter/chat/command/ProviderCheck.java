package io.natter.chat.command;

import io.natter.chat.openid.ProviderMetadata;
import java.time.Duration;

/// Checks the OpenID Connect provider: its discovery document, its keys and its clock.
final class ProviderCheck {
    private static final Duration SKEW = Duration.ofSeconds(30);

    private ProviderCheck() {}

    static void run(String issuer, Findings findings) {
        try {
            ProviderMetadata.Report report = ProviderMetadata.check(issuer);
            findings.fine("The OpenID Connect provider %s answers.".formatted(issuer));
            report.clock()
                    .map(Duration::abs)
                    .filter(apart -> apart.compareTo(SKEW) > 0)
                    .ifPresent(
                            apart ->
                                    findings.fault(
                                            "The clock of the provider and this one are %d s apart."
                                                    .formatted(apart.toSeconds()),
                                            "Set both by NTP; the chat refuses sign-ins from 60 s"
                                                    + " on."));
        } catch (ProviderMetadata.DiscoveryException e) {
            findings.fault(
                    String.valueOf(e.getMessage()),
                    "Check --oidc-issuer, the provider, and the network between them.");
        }
    }
}
