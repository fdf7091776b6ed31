/// Event loops and the connections that they read and write: strands, queues, fan-out and the
/// flush.
package io.natter.netty.loop;
