/* HTTP long-polling: each client keeps one GET waiting on its own connection; POSTs go out on a
 * few connections shared by all. Requests are HTTP/1.1 with keep-alive. */
#define _GNU_SOURCE
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { POSTERS = 64, BODY = 66000 };

struct post { struct client *from; size_t size; char *packet; struct post *next; };

static struct client posters[POSTERS];
static struct post *first, *last; /* posts that wait for a free connection */
static bool server_closes;        /* after each response, whatever its headers promise */

void polling_send(struct client *c) { net_send(c, c->request, c->request_size); }

static void request(struct client *c, const char *bytes, size_t size) {
    c->request = realloc(c->request, size);
    memcpy(c->request, bytes, size);
    c->request_size = size;
    c->busy = true;
    if (c->fd > 0 && server_closes) {
        uint8_t state = c->state;
        close(c->fd);
        c->fd = -1;
        c->state = state;
    }
    if (c->fd > 0) polling_send(c);
    else net_connect(c, c->born);
}

/* A connection ended: when a request was under way it goes out again on a new one, as a browser
 * would do it. True if so. */
bool polling_again(struct client *c) {
    if (!c->busy) {
        if (c->state != POSTER) return false;
        close(c->fd);
        c->fd = -1;
        return true;
    }
    if (++c->retries > 3) fail("the server closes polling connections without an answer");
    server_closes = true;
    close(c->fd);
    net_connect(c, c->born);
    return true;
}

static void get(struct client *c) {
    char text[256];
    int n = snprintf(text, sizeof text,
            "GET /socket.io/?EIO=4&transport=polling%s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
            c->sid ? "&sid=" : "", c->sid ? c->sid : "", options.ports[0]);
    request(c, text, (size_t)n);
}

static void post(struct client *on, struct client *from, const void *packet, size_t size) {
    static char text[BODY];
    int n = snprintf(text, sizeof text,
            "POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
            "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %zu\r\n\r\n", from->sid, options.ports[0], size);
    memcpy(text + n, packet, size);
    on->state = POSTER;
    on->owner = from;
    from->posting = true;
    request(on, text, (size_t)n + size);
}

void polling_open(struct client *c) {
    c->state = OPENING;
    get(c);
}

void polling_opened(struct client *c, const char *packet, size_t size) {
    const char *sid = memmem(packet, size, "\"sid\":\"", 7);
    if (sid == NULL) fail("no sid: %.*s", (int)size, packet);
    sid += 7;
    c->sid = strndup(sid, (size_t)((char *)memchr(sid, '"', size) - sid));
}

void polling_poll(struct client *c) { get(c); }

/* One POST a session at a time, as the protocol asks; the rest wait their turn. */
static void next_post(void) {
    struct post **link = &first, *before = NULL;
    for (int i = 0; i < POSTERS; i++) {
        if (posters[i].busy) continue;
        while (*link != NULL && (*link)->from->posting) {
            before = *link;
            link = &before->next;
        }
        struct post *p = *link;
        if (p == NULL) return;
        *link = p->next;
        if (last == p) last = before;
        post(&posters[i], p->from, p->packet, p->size);
        free(p->packet);
        free(p);
    }
}

void polling_post(struct client *c, const void *packet, size_t size) {
    struct post *p = malloc(sizeof *p);
    *p = (struct post){.from = c, .size = size, .packet = memcpy(malloc(size), packet, size)};
    if (first == NULL) first = p;
    else last->next = p;
    last = p;
    next_post();
}

static void packets(struct client *c, uint8_t *body, size_t size, uint64_t at) {
    uint8_t *end = body + size;
    while (body < end) {
        uint8_t *stop = memchr(body, 0x1e, (size_t)(end - body));
        if (stop == NULL) stop = end;
        client_packet(c, body, (size_t)(stop - body), false, at);
        body = stop + 1;
    }
}

/* Bytes used: 0 until a whole response is there. */
size_t polling_response(struct client *c, uint8_t *bytes, size_t size, uint64_t at) {
    uint8_t *end = memmem(bytes, size, "\r\n\r\n", 4);
    if (end == NULL) return 0;
    *end = 0;
    char *length = strcasestr((char *)bytes, "\r\ncontent-length:");
    *end = '\r';
    if (length == NULL) fail("a response without Content-Length: %.*s", (int)size, (char *)bytes);
    size_t head = (size_t)(end + 4 - bytes), body = strtoul(length + 17, NULL, 10);
    if (size < head + body) return 0;
    if (memcmp(bytes + 8, " 200", 4) != 0) fail("%.*s", (int)(head + body), (char *)bytes);
    c->busy = false;
    c->retries = 0;
    if (c->state == POSTER) {
        c->owner->posting = false;
        c->owner = NULL;
        next_post();
    } else {
        packets(c, bytes + head, body, at);
        if (c->state >= JOINING && c->state <= READY) polling_poll(c);
    }
    return head + body;
}
