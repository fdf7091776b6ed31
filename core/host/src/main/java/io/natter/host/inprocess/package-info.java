/// A host without sockets: requests and WebSockets as objects, on a strand with a clock that is
/// moved by hand. For tests of what stands on the engine, and for measuring it without a network.
package io.natter.host.inprocess;
