/// WebTransport with a real browser.
package io.natter.conformance.webtransport;
