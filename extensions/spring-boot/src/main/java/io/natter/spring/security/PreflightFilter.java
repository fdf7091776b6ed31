package io.natter.spring.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.cors.CorsUtils;

/// Stands in front of Spring Security for Natter's path and gives preflights to Natter: browsers
/// send no credentials with them, so Spring Security would refuse them.
public final class PreflightFilter implements Filter {
    private final Servlet natter;

    /// Lets `natter` answer.
    public PreflightFilter(Servlet natter) {
        this.natter = natter;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && CorsUtils.isPreFlightRequest(http)) {
            natter.service(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
