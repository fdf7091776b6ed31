/* The load driver: one thread, one epoll, thousands of Socket.IO clients.
 *
 * It must cost less than any server that it measures. So clients are plain structs, and messages
 * are patched templates. A delivery is recognised by its length and first bytes, and not parsed. It
 * must not queue: a message's latency counts from the moment when it was due, not from the moment
 * when the driver sent it. */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum transport { WEBSOCKET, POLLING };

/* BROADCAST: one client says, all hear. ECHO and ACK: one says and gets an answer.
 * CHURN: connect, then close, over and over. IDLE: connect and stay. */
enum mode { BROADCAST, ECHO, ACK, CHURN, IDLE };

enum { MOST_SERVERS = 16 };

struct options {
    int ports[MOST_SERVERS], servers; /* client n connects to server n modulo `servers` */
    int pids[MOST_SERVERS + 1], processes; /* for CPU time, and for the memory of the first */
    enum transport transport;
    enum mode mode;
    int clients;
    int payload;        /* bytes of text in a message */
    int rooms;          /* 1 = no rooms, messages go to everybody */
    int stalled;        /* so many of the clients stop reading */
    double rate;        /* deliveries (BROADCAST) or messages a second; 0 = as many as come back */
    int window;         /* at rate 0: broadcasts, echoes or connects under way */
    double seconds, warmup;
    bool deflate;       /* offer permessage-deflate */
    int concurrency;    /* handshakes under way at once */
};

/* The life of a client. VACANT -> CONNECTING -> UPGRADING -> OPENING -> JOINING [-> ENTERING]
 * -> READY [-> STALLED] [-> CLOSING] -> VACANT. Polling has no UPGRADING. POSTER is no client but
 * a second HTTP connection on which any polling client's messages go out. */
enum state { VACANT, CONNECTING, UPGRADING, OPENING, JOINING, ENTERING, READY, STALLED, CLOSING, POSTER };

struct client {
    int fd;
    uint8_t state;
    bool connecting;
    bool busy;          /* polling: a request is under way, and is what `request` holds */
    uint8_t retries;    /* polling: connections that ended without answering the request */
    bool posting;       /* polling client: a POST of its is under way */
    uint32_t index, room, heard;
    uint64_t born;      /* when its connect began, ns */
    char *sid;          /* polling: the engine's session id */
    uint8_t *held;      /* the beginning of a frame or response whose end has not come */
    size_t held_size, held_room;
    uint8_t *unsent;    /* what the kernel would not take yet */
    size_t unsent_size, unsent_room;
    char *request;
    size_t request_size;
    struct client *owner; /* poster: on whose behalf it is posting */
};

struct histogram {
    uint64_t buckets[64 * 64];
    uint64_t count, max;
};

struct sample { double cpu_us, each_us[MOST_SERVERS + 1]; long rss_kb, peak_kb; };

extern struct options options;
#define server_of(c) ((c)->index % (uint32_t)options.servers)
#define port_of(c) options.ports[server_of(c)]
extern struct client *clients;
extern int ready_count;       /* clients now READY */
extern long lost;             /* connections that ended without our asking */
extern char stalled_reason[]; /* the last words of a connection that the server closed */
extern long odd;              /* packets that nobody expected */

static inline uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* net.c */
void net_start(void);
void net_connect(struct client *c, uint64_t at);
void net_close(struct client *c);
void net_send(struct client *c, const void *bytes, size_t size);
void net_stall(struct client *c);
int net_stalled_closed(void);
double net_idle_seconds(void);
/* One pass over whatever the kernel has; `between` runs before it and between batches of events. */
void net_turn(void (*between)(void), int wait_ms);

/* client.c */
void client_connected(struct client *c);
size_t client_bytes(struct client *c, uint8_t *bytes, size_t size, uint64_t at);
void client_packet(struct client *c, uint8_t *packet, size_t size, bool compressed, uint64_t at);
void client_say(struct client *c, const char *packet);

/* websocket.c */
void websocket_handshake(struct client *c);
size_t websocket_upgraded(struct client *c, uint8_t *bytes, size_t size);
size_t websocket_frames(struct client *c, uint8_t *bytes, size_t size, uint64_t at);
size_t websocket_frame(uint8_t *into, int opcode, const void *payload, size_t size);
extern const uint8_t websocket_mask[4];

/* polling.c */
void polling_open(struct client *c);
void polling_opened(struct client *c, const char *packet, size_t size);
void polling_poll(struct client *c);
void polling_post(struct client *c, const void *packet, size_t size);
size_t polling_response(struct client *c, uint8_t *bytes, size_t size, uint64_t at);
bool polling_again(struct client *c);
void polling_send(struct client *c);

/* traffic.c */
void traffic_start(void);
void traffic_ready(struct client *c, uint64_t at);
void traffic_closed(struct client *c, uint64_t at);
void traffic_delivery(struct client *c, const uint8_t *packet, size_t size, bool compressed, uint64_t at);

/* measure.c */
void histogram_record(struct histogram *h, uint64_t ns);
double histogram_ms(const struct histogram *h, double quantile);
struct sample sample_processes(void);

#endif
