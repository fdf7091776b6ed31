/// WebTransport over HTTP/3, beside any other host: [io.natter.webtransport.WebTransportHost].
package io.natter.webtransport;
