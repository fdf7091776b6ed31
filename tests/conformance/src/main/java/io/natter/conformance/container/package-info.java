/// Servlet containers that run the conformance servers.
package io.natter.conformance.container;
