/// Parts that the adapters of a cluster share. There are messages as Node.js writes them, and
/// requests that wait for the answers of other servers. An adapter needs a way to publish only.
package io.natter.cluster;
