/* RFC 6455, as much of it as a client needs that trusts its server. */
#define _GNU_SOURCE
#include "load.h"
#include <stdio.h>
#include <string.h>

/* Servers must unmask as they would for a browser, so the mask is not zero; it is always the
 * same, so that a message is masked once and then only patched. */
const uint8_t websocket_mask[4] = {0x37, 0xfa, 0x21, 0x3d};

void websocket_handshake(struct client *c) {
    char request[512];
    int n = snprintf(request, sizeof request,
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\n"
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
            port_of(c), options.deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "");
    net_send(c, request, (size_t)n);
    c->state = UPGRADING;
}

/* Bytes used: 0 until the whole answer is there. */
size_t websocket_upgraded(struct client *c, uint8_t *bytes, size_t size) {
    uint8_t *end = memmem(bytes, size, "\r\n\r\n", 4);
    if (end == NULL) return 0;
    if (size < 12 || memcmp(bytes + 8, " 101", 4) != 0) fail("no upgrade: %.*s", (int)size, (char *)bytes);
    if (options.deflate && memmem(bytes, (size_t)(end - bytes), "permessage-deflate", 18) == NULL)
        fail("the server declined permessage-deflate");
    c->state = OPENING;
    return (size_t)(end + 4 - bytes);
}

size_t websocket_frame(uint8_t *into, int opcode, const void *payload, size_t size) {
    size_t head = 2;
    into[0] = (uint8_t)(0x80 | opcode);
    if (size < 126) {
        into[1] = (uint8_t)(0x80 | size);
    } else if (size < 65536) {
        into[1] = 0x80 | 126;
        into[2] = (uint8_t)(size >> 8);
        into[3] = (uint8_t)size;
        head = 4;
    } else {
        fail("a message of %zu bytes is too long for this driver", size);
    }
    memcpy(into + head, websocket_mask, 4);
    for (size_t i = 0; i < size; i++) into[head + 4 + i] = ((const uint8_t *)payload)[i] ^ websocket_mask[i & 3];
    return head + 4 + size;
}

static void control(struct client *c, int opcode, uint8_t *payload, size_t size) {
    uint8_t frame[160];
    if (opcode == 9) {
        net_send(c, frame, websocket_frame(frame, 10, payload, size));
    } else if (opcode == 8) {
        unsigned code = size >= 2 ? (unsigned)(payload[0] << 8 | payload[1]) : 1005;
        snprintf(stalled_reason, 128, "%u %.*s", code, size > 2 ? (int)size - 2 : 0, (char *)payload + 2);
        if (c->state != CLOSING && c->state != STALLED) net_send(c, frame, websocket_frame(frame, 8, payload, size));
    }
}

/* Hands every whole frame on; returns the bytes used. */
size_t websocket_frames(struct client *c, uint8_t *bytes, size_t size, uint64_t at) {
    size_t i = 0;
    while (size - i >= 2) {
        size_t head = 2, length = bytes[i + 1] & 127;
        if (length == 126) {
            if (size - i < 4) break;
            length = (size_t)bytes[i + 2] << 8 | bytes[i + 3];
            head = 4;
        } else if (length == 127) {
            if (size - i < 10) break;
            length = 0;
            for (int b = 2; b < 10; b++) length = length << 8 | bytes[i + (size_t)b];
            head = 10;
        }
        if (size - i < head + length) break;
        uint8_t first = bytes[i], *payload = bytes + i + head;
        if ((first & 0x8f) == 0x81) client_packet(c, payload, length, (first & 0x40) != 0, at);
        else if (first & 8) control(c, first & 15, payload, length);
        else odd++;
        i += head + length;
        if (c->fd < 0) return size;
    }
    return i;
}
