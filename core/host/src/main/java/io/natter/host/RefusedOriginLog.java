package io.natter.host;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Logs the pages that were refused for their origin, each origin once. Usually the server lacks a
/// setting, and the page's visitors only see that nothing works. Any thread.
public final class RefusedOriginLog {
    private static final int KNOWN = 100;

    private final RateLimitedLog logs;

    // guarded by itself
    private final Map<String, Boolean> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > KNOWN;
                }
            };

    /// A log without an origin yet.
    public RefusedOriginLog(RateLimitedLog logs) {
        this.logs = logs;
    }

    /// A page of `origin` was refused.
    ///
    /// @param host the `Host` of its request
    public void refused(String origin, @Nullable String host) {
        var shown = RateLimitedLog.text(origin);
        synchronized (known) {
            if (known.put(shown, true) != null) {
                return;
            }
        }
        logs.warn(
                "foreign origin",
                "refused pages of origin {} (requests to host {}): if they are yours, name the"
                        + " origin in the cors option; behind a proxy, see that it passes on Host;"
                        + " or turn checkOrigin off",
                shown,
                RateLimitedLog.text(host));
    }

    /// JSONP was refused, because the request does not name the page that it comes from.
    public void jsonpRefused(HttpRequest request) {
        logs.warn(
                "JSONP without a known page",
                "refused JSONP: neither Sec-Fetch-Site ({}) nor Referer ({}) shows a page of this"
                        + " server or of an origin in the cors option",
                RateLimitedLog.text(request.header("sec-fetch-site")),
                RateLimitedLog.text(OriginCheck.ofReferrer(request.header("referer"))));
    }
}
