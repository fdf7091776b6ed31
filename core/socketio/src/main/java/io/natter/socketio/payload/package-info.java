/// The mapping between Java values and the arguments of events: JSON with binary attachments.
package io.natter.socketio.payload;
