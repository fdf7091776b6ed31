package io.natter.host;

import java.security.Principal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The facts about a request that do not come from its head: the user, and attributes by name. The
/// host, filters in front of it and middleware set them; handlers read them. It lives as long as
/// its [HttpRequest], which a session keeps until it ends. Any thread.
public final class RequestContext {
    private volatile @Nullable Principal principal;

    /// Made with the first use, because most requests have none. Made while synchronized on this.
    private volatile @Nullable ConcurrentMap<String, Object> attributes;

    /// A context without a principal and without attributes.
    public RequestContext() {}

    /// The user who was authenticated, or null.
    public @Nullable Principal principal() {
        return principal;
    }

    /// Sets the user. Authentication sets it before the endpoint answers the request.
    ///
    /// @param value null for none
    public void principal(@Nullable Principal value) {
        principal = value;
    }

    /// The attributes, as a live map. Names and values must not be null. A name is best prefixed
    /// with that of the package that sets it.
    public ConcurrentMap<String, Object> attributes() {
        var known = attributes;
        return known == null ? makeAttributes() : known;
    }

    private synchronized ConcurrentMap<String, Object> makeAttributes() {
        var known = attributes;
        if (known == null) {
            known = new ConcurrentHashMap<>();
            attributes = known;
        }
        return known;
    }
}
