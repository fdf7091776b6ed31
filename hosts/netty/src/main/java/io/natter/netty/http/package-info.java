/// HTTP/1.1 connections: the order of pipelined requests, their limits, bodies and responses, and
/// the upgrade.
package io.natter.netty.http;
