/// Natter inside servlet containers.
package io.natter.conformance.servlet;
