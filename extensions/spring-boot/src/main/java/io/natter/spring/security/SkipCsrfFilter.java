package io.natter.spring.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/// Stands in front of Spring Security for Natter's path and turns its check of CSRF tokens off:
/// Socket.IO clients send none. Natter checks the origin of each request instead.
public final class SkipCsrfFilter extends OncePerRequestFilter {

    /// For the path at which it is registered.
    public SkipCsrfFilter() {}

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CsrfFilter.skipRequest(request);
        chain.doFilter(request, response);
    }
}
