package io.natter.admin;

/// How much the Admin UI shows.
public enum AdminMode {
    /// Numbers of servers, clients, connections and bytes. They cost nothing between two looks.
    PRODUCTION,
    /// Also each socket, its rooms, data and events. For development and small servers.
    DEVELOPMENT
}
