/// The server side of the official Socket.IO Admin UI. Starts with [AdminUi#builder].
package io.natter.admin;
