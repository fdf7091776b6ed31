/* The cost of the kernel alone: ready bytes handed to send(), once a delivery, and nothing else.
 *
 * It answers the WebSocket handshake of the one driver that it knows, whose key never changes. It
 * opens and connects as Socket.IO does, and passes on the text of a message unchanged. It has no
 * heartbeat, no limits, and no state but the list of clients. No server can do less with the same
 * packets. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 65536, ROOMS = 10000, BUFFER = 1 << 17 };

static const char UPGRADE[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
static const char OPEN[] = "0{\"sid\":\"bare\",\"upgrades\":[],\"pingInterval\":25000,"
        "\"pingTimeout\":20000,\"maxPayload\":1000000}";

struct room { int *members; int size, capacity; };

static struct room rooms[ROOMS + 1];                  /* the last one is everybody */
static int room_of[MOST];                             /* the room that a connection joined; -1 = none */
static int place[MOST], everybody_place[MOST];
static uint8_t upgraded[MOST];
static uint8_t *held[MOST];
static size_t held_size[MOST];

static void enter(struct room *room, int *at, int fd) {
    if (room->size == room->capacity) {
        room->capacity = room->capacity == 0 ? 16 : 2 * room->capacity;
        room->members = realloc(room->members, (size_t)room->capacity * sizeof(int));
    }
    at[fd] = room->size;
    room->members[room->size++] = fd;
}

static void leave(struct room *room, int *at, int fd) {
    int moved = room->members[--room->size];
    room->members[at[fd]] = moved;
    at[moved] = at[fd];
}

static void deliver(int fd, const uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) {
            struct pollfd full = {.fd = fd, .events = POLLOUT};
            poll(&full, 1, -1);
        } else if (n < 0) {
            return;
        } else {
            bytes += n;
            size -= (size_t)n;
        }
    }
}

/* Writes a text frame's head so that it ends where the payload begins; returns its size. */
static size_t head(uint8_t *payload, size_t size) {
    if (size < 126) {
        payload[-2] = 0x81;
        payload[-1] = (uint8_t)size;
        return 2;
    }
    payload[-4] = 0x81;
    payload[-3] = 126;
    payload[-2] = (uint8_t)(size >> 8);
    payload[-1] = (uint8_t)size;
    return 4;
}

static void answer(int fd, const char *text) {
    uint8_t frame[256];
    size_t size = strlen(text);
    memcpy(frame + 4, text, size);
    size_t h = head(frame + 4, size);
    deliver(fd, frame + 4 - h, h + size);
}

/* The payload is unmasked, and the bytes before it are ours to overwrite. */
static void packet(int fd, uint8_t *p, size_t size) {
    size_t h;
    if (size > 6 && memcmp(p, "42[\"ec", 6) == 0) {
        h = head(p, size);
        deliver(fd, p - h, h + size);
    } else if (size > 6 && memcmp(p, "42[\"ch", 6) == 0) {
        h = head(p, size);
        for (int i = 0; i < rooms[ROOMS].size; i++) deliver(rooms[ROOMS].members[i], p - h, h + size);
    } else if (size > 6 && memcmp(p, "42[\"ro", 6) == 0) {   /* 42["room message","r0000","text"] */
        struct room *room = &rooms[atoi((char *)p + 20)];
        memmove(p + 8, "42[\"chat message\",", 18);             /* ends where the text begins */
        p += 8;
        size -= 8;
        h = head(p, size);
        for (int i = 0; i < room->size; i++) deliver(room->members[i], p - h, h + size);
    } else if (size > 8 && memcmp(p, "420[\"join", 9) == 0) { /* 420["join","r0000"] */
        room_of[fd] = atoi((char *)p + 13);
        enter(&rooms[room_of[fd]], place, fd);
        answer(fd, "430[]");
    } else if (size > 8 && p[0] == '4' && p[1] == '2') {      /* 42<id>["ack","text"] */
        uint8_t *array = memchr(p, '[', size);
        size_t id = (size_t)(array - p);
        memmove(p + 6, p, id);                                  /* over `"ack",`, which is 6 bytes */
        p += 6;
        size -= 6;
        p[1] = '3';
        p[id] = '[';
        h = head(p, size);
        deliver(fd, p - h, h + size);
    } else if (size == 2 && p[1] == '0') {
        answer(fd, "40{\"sid\":\"bare\"}");
    }
}

static void gone(int fd) {
    leave(&rooms[ROOMS], everybody_place, fd);
    if (room_of[fd] >= 0) leave(&rooms[room_of[fd]], place, fd);
    free(held[fd]);
    held[fd] = NULL;
    held_size[fd] = 0;
    close(fd);
}

/* Returns the bytes used, or -1 when the connection is to be closed. */
static ssize_t frames(int fd, uint8_t *bytes, size_t size) {
    size_t i = 0;
    while (size - i >= 6) {
        size_t h = 2, length = bytes[i + 1] & 127;
        if (length == 126) {
            length = (size_t)bytes[i + 2] << 8 | bytes[i + 3];
            h = 4;
        }
        if (size - i < h + 4 + length) break;
        uint8_t mask[4], *payload = bytes + i + h + 4;
        memcpy(mask, payload - 4, 4);
        for (size_t k = 0; k < length; k++) payload[k] ^= mask[k & 3];
        if ((bytes[i] & 15) == 8) return -1;
        packet(fd, payload, length);
        i += h + 4 + length;
    }
    return (ssize_t)i;
}

static void receive(int fd) {
    static uint8_t buffer[BUFFER];
    size_t size = held_size[fd];
    if (size > 0) memcpy(buffer, held[fd], size);
    ssize_t n = recv(fd, buffer + size, BUFFER - size, 0), used = 0;
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
        gone(fd);
        return;
    }
    size += (size_t)n;
    if (!upgraded[fd]) {
        uint8_t *end = memmem(buffer, size, "\r\n\r\n", 4);
        if (end != NULL) {
            upgraded[fd] = 1;
            deliver(fd, (const uint8_t *)UPGRADE, sizeof UPGRADE - 1);
            answer(fd, OPEN);
            used = end + 4 - buffer;
        }
    }
    if (upgraded[fd]) {
        ssize_t more = frames(fd, buffer + used, size - (size_t)used);
        if (more < 0) {
            gone(fd);
            return;
        }
        used += more;
    }
    held_size[fd] = size - (size_t)used;
    if (held_size[fd] == 0) return;
    held[fd] = realloc(held[fd], held_size[fd]);
    memcpy(held[fd], buffer + used, held_size[fd]);
}

int main(void) {
    int on = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = epoll_create1(0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    const char *port = getenv("PORT");
    address.sin_port = htons((uint16_t)(port != NULL ? atoi(port) : 0));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) {
        perror("bare");
        return 1;
    }
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("listening %d\n", ntohs(address.sin_port));
    fflush(stdout);
    struct epoll_event e = {.events = EPOLLIN, .data.fd = listener}, events[512];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e);
    for (;;) {
        int n = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd != listener) {
                receive(fd);
                continue;
            }
            while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                upgraded[fd] = 0;
                room_of[fd] = -1;
                enter(&rooms[ROOMS], everybody_place, fd);
                e = (struct epoll_event){.events = EPOLLIN, .data.fd = fd};
                epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
            }
        }
    }
}
