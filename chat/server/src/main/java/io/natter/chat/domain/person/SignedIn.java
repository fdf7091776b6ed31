package io.natter.chat.domain.person;

/// A session just opened, with the only copy of its token.
public record SignedIn(SessionToken token, Session session) {}
