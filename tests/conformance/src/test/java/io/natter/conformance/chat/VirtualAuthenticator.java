package io.natter.conformance.chat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/// An authenticator of Chromium's own for one page. Its user agrees to everything at once.
final class VirtualAuthenticator {
    private final CDPSession session;
    private final String id;

    private VirtualAuthenticator(CDPSession session, String id) {
        this.session = session;
        this.id = id;
    }

    static VirtualAuthenticator in(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var arguments = new JsonObject();
        arguments.add("options", options);
        JsonObject made = session.send("WebAuthn.addVirtualAuthenticator", arguments);
        return new VirtualAuthenticator(session, made.get("authenticatorId").getAsString());
    }

    /// The number of passkeys that it has.
    int passkeys() {
        var arguments = new JsonObject();
        arguments.addProperty("authenticatorId", id);
        return session.send("WebAuthn.getCredentials", arguments)
                .getAsJsonArray("credentials")
                .size();
    }
}
