/// Passes the requests of a session on to the server that has it, so that a proxy before several
/// servers needs no sticky sessions.
package io.natter.cluster.forwarding;
