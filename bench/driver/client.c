/* One Socket.IO client's way from the first byte to READY, and its heartbeat. */
#define _GNU_SOURCE
#include "load.h"
#include <stdio.h>
#include <string.h>

void client_connected(struct client *c) {
    if (c->busy) polling_send(c);
    else if (options.transport == POLLING) polling_open(c);
    else websocket_handshake(c);
}

size_t client_bytes(struct client *c, uint8_t *bytes, size_t size, uint64_t at) {
    size_t used = 0;
    if (c->state == POSTER || options.transport == POLLING) return polling_response(c, bytes, size, at);
    if (c->state == UPGRADING) {
        used = websocket_upgraded(c, bytes, size);
        if (used == 0) return 0;
    }
    return used + websocket_frames(c, bytes + used, size - used, at);
}

void client_say(struct client *c, const char *packet) {
    if (options.transport == POLLING) {
        polling_post(c, packet, strlen(packet));
    } else {
        uint8_t frame[256];
        net_send(c, frame, websocket_frame(frame, 1, packet, strlen(packet)));
    }
}

static void ready(struct client *c, uint64_t at) {
    c->state = READY;
    ready_count++;
    traffic_ready(c, at);
}

static bool starts(const uint8_t *packet, size_t size, const char *with) {
    return size >= strlen(with) && memcmp(packet, with, strlen(with)) == 0;
}

/* An Engine.IO packet. A compressed one cannot be read here (the driver does not inflate), so it
 * is known by when it comes: while connecting the server's packets have a fixed order, and
 * afterwards what is short is a ping. */
void client_packet(struct client *c, uint8_t *packet, size_t size, bool compressed, uint64_t at) {
    if (c->state == STALLED || c->state == CLOSING) return;
    if (size == 1 ? packet[0] == '2' : compressed && size < 8) {
        client_say(c, "3");
        return;
    }
    switch ((enum state)c->state) {
    case OPENING:
        if (!compressed && packet[0] != '0') fail("no open packet: %.*s", (int)size, (char *)packet);
        if (options.transport == POLLING) polling_opened(c, (char *)packet, size);
        c->state = JOINING;
        client_say(c, "40");
        break;
    case JOINING:
        if (!compressed && !starts(packet, size, "40")) fail("not connected: %.*s", (int)size, (char *)packet);
        if (options.rooms > 1) {
            char join[64];
            snprintf(join, sizeof join, "420[\"join\",\"r%04u\"]", c->room);
            c->state = ENTERING;
            client_say(c, join);
        } else {
            ready(c, at);
        }
        break;
    case ENTERING:
        if (compressed || starts(packet, size, "430")) ready(c, at);
        else odd++;
        break;
    case READY:
        traffic_delivery(c, packet, size, compressed, at);
        break;
    default:
        odd++;
    }
}
