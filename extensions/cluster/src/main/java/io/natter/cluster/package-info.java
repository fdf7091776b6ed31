/// Parts that the adapters of a cluster share. They are messages as Node.js writes them, requests
/// that wait for the answers of other servers, and the adapter that needs nothing but a way to
/// publish.
package io.natter.cluster;
