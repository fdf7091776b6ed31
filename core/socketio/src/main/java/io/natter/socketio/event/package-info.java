/// Rules for events: reserved names, the rate of a client, and how one event travels.
package io.natter.socketio.event;
