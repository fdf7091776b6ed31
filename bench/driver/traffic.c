/* The messages of the clients, their times, and the clockwork of a run: connect, warm up, measure, drain.
 *
 * A message's text begins with its number in 8 hex digits. Every packet that carries it ends with
 * that text and `"]`. So a delivery is recognised by its length, and its number by its place. */
#define _GNU_SOURCE
#include "load.h"
#include "run.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RING = 1 << 20, ACK_BASE = 10000000 };

struct run run;

static uint64_t due[RING];     /* when message n was due, ns; n modulo RING */
static uint8_t spoken_at[RING]; /* the server of message n's client */
static uint32_t sent_messages;
static uint64_t sent_deliveries, heard_deliveries;
static uint32_t *room_size;
static double next_due, interval; /* ns */

static char *packet;           /* the packet as text */
static uint8_t *frame;         /* the same, framed and masked */
static size_t packet_size, frame_size, frame_head, expected_size;
static size_t number_at, room_at, id_at;

static void digits(char *into, uint32_t value, int count, uint32_t base) {
    while (count-- > 0) {
        into[count] = "0123456789abcdef"[value % base];
        value /= base;
    }
}

static void prepare(void) {
    char *text = malloc((size_t)options.payload + 1);
    memset(text, 'x', (size_t)options.payload);
    text[options.payload] = 0;
    int n;
    if (options.mode == ACK) n = asprintf(&packet, "42%d[\"ack\",\"%s\"]", ACK_BASE, text);
    else if (options.mode == ECHO) n = asprintf(&packet, "42[\"echo\",\"%s\"]", text);
    else if (options.rooms > 1) n = asprintf(&packet, "42[\"room message\",\"r0000\",\"%s\"]", text);
    else n = asprintf(&packet, "42[\"chat message\",\"%s\"]", text);
    packet_size = (size_t)n;
    number_at = packet_size - 2 - (size_t)options.payload;
    id_at = 2;
    room_at = 20;
    const char *heard = options.mode == ACK ? "4310000000[\"\"]"
            : options.mode == ECHO ? "42[\"echo\",\"\"]" : "42[\"chat message\",\"\"]";
    expected_size = strlen(heard) + (size_t)options.payload;
    frame = malloc(packet_size + 16);
    frame_size = websocket_frame(frame, 1, packet, packet_size);
    frame_head = frame_size - packet_size;
    free(text);
}

/* Writes `count` characters into the packet, or masked into the frame. */
static void patch(size_t at, const char *with, size_t count) {
    if (options.transport == POLLING) memcpy(packet + at, with, count);
    else for (size_t i = 0; i < count; i++)
        frame[frame_head + at + i] = (uint8_t)with[i] ^ websocket_mask[(at + i) & 3];
}

static void say(struct client *c, uint64_t when) {
    char number[8];
    uint32_t n = sent_messages++;
    due[n % RING] = when;
    spoken_at[n % RING] = (uint8_t)server_of(c);
    sent_deliveries += options.mode == BROADCAST ? room_size[c->room] : 1;
    digits(number, n, 8, 16);
    patch(number_at, number, 8);
    if (options.mode == ACK) {
        digits(number, ACK_BASE + n % RING, 8, 10);
        patch(id_at, number, 8);
    } else if (options.mode == BROADCAST && options.rooms > 1) {
        digits(number, c->room, 4, 10);
        patch(room_at, number, 4);
    }
    if (options.transport == POLLING) polling_post(c, packet, packet_size);
    else net_send(c, frame, frame_size);
}

/* Everybody who reads says something in turn; with compression only the first, because then a
 * delivery is known by its order alone. */
static struct client *next_speaker(void) {
    uint32_t speakers = (uint32_t)(options.clients - options.stalled);
    uint32_t turn = options.deflate ? 0 : (uint32_t)((uint64_t)sent_messages * 7919 % speakers);
    return &clients[(uint32_t)options.stalled + turn];
}

static void pump(void) {
    if (!run.sending) return;
    if (options.rate > 0) {
        uint64_t t = now();
        while (next_due <= (double)t) {
            say(next_speaker(), (uint64_t)next_due);
            next_due += interval;
        }
    } else if (options.mode == BROADCAST) {
        uint64_t size = room_size[0];
        while (sent_deliveries - heard_deliveries + size <= (uint64_t)options.window * size) say(next_speaker(), now());
    }
}

void traffic_delivery(struct client *c, const uint8_t *bytes, size_t size, bool compressed, uint64_t at) {
    uint32_t n = 0;
    if (options.deflate) {
        n = c->heard++;
    } else {
        if (compressed || size != expected_size || bytes[0] != '4') {
            odd++;
            return;
        }
        const uint8_t *number = bytes + size - 2 - options.payload;
        for (int i = 0; i < 8; i++) n = n << 4 | (uint32_t)(number[i] <= '9' ? number[i] - '0' : number[i] - 'a' + 10);
    }
    heard_deliveries++;
    if (run.counting) run.counted++;
    if (n - run.first_message < run.messages || (run.counting && n >= run.first_message)) {
        histogram_record(&run.latency, at - due[n % RING]);
        if (spoken_at[n % RING] != server_of(c)) histogram_record(&run.remote, at - due[n % RING]);
    }
    if (options.mode != BROADCAST && options.rate == 0 && run.sending) say(c, at);
}

void traffic_ready(struct client *c, uint64_t at) {
    if (!run.churning) {
        histogram_record(&run.connects, at - c->born);
        return;
    }
    if (run.counting) {
        run.counted++;
        histogram_record(&run.latency, at - c->born);
    }
    traffic_leave(c);
}

/* As the official client leaves: out of the namespace, then the closing handshake. */
void traffic_leave(struct client *c) {
    uint8_t bytes[64];
    size_t n = websocket_frame(bytes, 1, "41", 2);
    n += websocket_frame(bytes + n, 8, "\x03\xe8", 2);
    net_send(c, bytes, n);
    ready_count--;
    c->state = CLOSING;
}

void traffic_closed(struct client *c, uint64_t at) {
    if (run.churning && run.sending) net_connect(c, at);
}

void traffic_turn(void) { net_turn(pump, options.mode == IDLE || !run.sending ? 1 : 0); }

void traffic_start(void) {
    prepare();
    room_size = calloc((size_t)options.rooms, sizeof *room_size);
    for (int i = 0; i < options.clients; i++)
        if (clients[i].state == READY) room_size[clients[i].room]++;
    double members = (double)(options.clients - options.stalled) / options.rooms;
    interval = options.rate > 0 ? 1e9 / (options.mode == BROADCAST ? options.rate / members : options.rate) : 0;
    next_due = (double)now() + interval;
    run.sending = options.mode != IDLE;
    if (options.rate > 0) return;
    if (options.mode == ECHO || options.mode == ACK)
        for (int i = 0; i < options.window && i < options.clients; i++) say(&clients[i], now());
}

void traffic_window_begins(void) {
    run.first_message = sent_messages;
    run.first_delivery = sent_deliveries;
    run.counting = true;
}

void traffic_window_ends(void) {
    run.counting = false;
    run.messages = sent_messages - run.first_message;
    run.due_deliveries = sent_deliveries - run.first_delivery;
    run.sending = false;
}
