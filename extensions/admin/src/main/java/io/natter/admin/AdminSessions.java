package io.natter.admin;

/// The sessions of admins who have signed in, so that a reload of the page needs no password. Any
/// thread; may block.
public interface AdminSessions {

    /// A new session.
    ///
    /// @return its id, which the page keeps
    String create();

    /// Whether a page with this id may come in.
    ///
    /// @param id what the page has sent
    boolean isValid(String id);
}
