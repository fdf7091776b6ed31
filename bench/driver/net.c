/* Sockets and the epoll loop. */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, BATCH = 16, READ_SIZE = 128 * 1024 };

static int epoll;
static uint64_t idle_ns;
static long connects;
static size_t read_room;
static uint8_t *read_buffer;

void net_start(void) {
    epoll = epoll_create1(EPOLL_CLOEXEC);
    read_room = READ_SIZE;
    read_buffer = malloc(read_room);
}

/* A source address has 28,000 ports, some of them resting in TIME_WAIT: after every 8,000
 * connections the next of 200 loopback addresses is used. */
void net_connect(struct client *c, uint64_t at) {
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket: %s (ulimit -n?)", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    /* One that will stop reading must not have the kernel read megabytes in its stead. */
    int small = 4096;
    if (c->index < (uint32_t)options.stalled) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    struct sockaddr_in from = {.sin_family = AF_INET},
            to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port_of(c))};
    from.sin_addr.s_addr = htonl(0x7f010001u + (uint32_t)(connects++ / 8000 % 200));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0) fail("bind: %s", strerror(errno));
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS)
        fail("connect: %s", strerror(errno));
    c->fd = fd;
    c->born = at;
    c->held_size = c->unsent_size = 0;
    c->connecting = true;
    if (c->state == VACANT) {
        c->state = CONNECTING;
        c->heard = 0;
    }
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
}

void net_close(struct client *c) {
    close(c->fd);
    c->fd = -1;
    if (c->state == READY) ready_count--;
    c->state = VACANT;
    free(c->sid);
    c->sid = NULL;
}

static void keep(uint8_t **buffer, size_t *size, size_t *room, const void *bytes, size_t more) {
    if (*size + more > *room) {
        *room = *size + more;
        *buffer = realloc(*buffer, *room);
        if (*buffer == NULL) fail("out of memory");
    }
    memcpy(*buffer + *size, bytes, more);
    *size += more;
}

void net_send(struct client *c, const void *bytes, size_t size) {
    ssize_t sent = 0;
    if (c->unsent_size == 0) {
        sent = send(c->fd, bytes, size, MSG_NOSIGNAL);
        if (sent < 0) sent = 0; /* full: wait for EPOLLOUT; broken: the read side will say so */
    }
    if ((size_t)sent < size)
        keep(&c->unsent, &c->unsent_size, &c->unsent_room, (const uint8_t *)bytes + sent, size - (size_t)sent);
}

static void send_rest(struct client *c) {
    ssize_t sent = send(c->fd, c->unsent, c->unsent_size, MSG_NOSIGNAL);
    if (sent <= 0) return;
    c->unsent_size -= (size_t)sent;
    memmove(c->unsent, c->unsent + sent, c->unsent_size);
}

static void ended(struct client *c, uint64_t at) {
    bool asked = c->state == CLOSING;
    if (options.transport == POLLING && polling_again(c)) return;
    if (!asked && c->state != POSTER) lost++;
    net_close(c);
    if (asked) traffic_closed(c, at);
}

/* Reads until the kernel has no more; edge-triggered, so a short read is the end. */
static void receive(struct client *c) {
    for (;;) {
        if (c->held_size + READ_SIZE > read_room) {
            read_room = c->held_size + READ_SIZE;
            read_buffer = realloc(read_buffer, read_room);
        }
        size_t held = c->held_size;
        if (held > 0) memcpy(read_buffer, c->held, held);
        ssize_t n = recv(c->fd, read_buffer + held, READ_SIZE, 0);
        uint64_t at = now();
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) {
            ended(c, at);
            return;
        }
        size_t size = held + (size_t)n, used = client_bytes(c, read_buffer, size, at);
        if (c->fd < 0) return;
        c->held_size = 0;
        if (used < size) keep(&c->held, &c->held_size, &c->held_room, read_buffer + used, size - used);
        if (n < READ_SIZE) return;
    }
}

static void handle(struct client *c, uint32_t events) {
    if (c->fd < 0) return;
    if (c->connecting) {
        if (events & (EPOLLERR | EPOLLHUP)) fail("the server refused a connection");
        if (!(events & EPOLLOUT)) return;
        c->connecting = false;
        client_connected(c);
    }
    if ((events & EPOLLOUT) && c->unsent_size > 0) send_rest(c);
    if (events & EPOLLIN) receive(c);
    if (c->fd >= 0 && (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))) receive(c);
}

void net_turn(void (*between)(void), int wait_ms) {
    static struct epoll_event events[EVENTS];
    static uint64_t before;
    if (between != NULL) between();
    int n = epoll_wait(epoll, events, EVENTS, wait_ms);
    uint64_t after = now();
    if (n <= 0) idle_ns += after - before; /* a whole turn in which nothing came */
    before = after;
    if (n <= 0) return;
    for (int i = 0; i < n; i++) {
        handle(events[i].data.ptr, events[i].events);
        if (between != NULL && i % BATCH == BATCH - 1) between();
    }
    before = now();
}

double net_idle_seconds(void) { return (double)idle_ns / 1e9; }

void net_stall(struct client *c) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, c->fd, NULL);
    c->state = STALLED;
    ready_count--;
}

/* Reads what waits for the stalled clients, to see which of them the server has closed and why. */
int net_stalled_closed(void) {
    int closed = 0;
    for (int i = 0; i < options.clients; i++) {
        struct client *c = &clients[i];
        if (c->state != STALLED) continue;
        uint64_t until = now() + 300000000u;
        c->held_size = 0;
        while (c->fd >= 0 && now() < until) {
            ssize_t n = recv(c->fd, read_buffer, READ_SIZE, 0);
            if (n > 0) {
                keep(&c->held, &c->held_size, &c->held_room, read_buffer, (size_t)n);
                continue;
            }
            if (n < 0 && errno == EAGAIN) {
                usleep(1000);
                continue;
            }
            closed++;
            if (n < 0) snprintf(stalled_reason, 128, "%s", strerror(errno));
            else websocket_frames(c, c->held, c->held_size, now());
            close(c->fd);
            c->fd = -1;
        }
    }
    return closed;
}
