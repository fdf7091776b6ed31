package io.natter.spring.security;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/// The user of a handler, as Spring Security sees it.
final class HandlerUser {
    /// As the filters of Spring Security have it. Without it, `@PreAuthorize` would fail instead of
    /// deciding.
    private static final Authentication ANONYMOUS =
            new AnonymousAuthenticationToken(
                    "natter",
                    "anonymousUser",
                    AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

    private HandlerUser() {}

    static Authentication of(@Nullable Principal principal) {
        return principal instanceof Authentication user ? user : ANONYMOUS;
    }
}
