/* Options in, one run, one line of JSON out. See load.h for what the driver is. */
#include "load.h"
#include "run.h"
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options options = {
        .servers = 1, .clients = 1000, .payload = 32, .rooms = 1, .seconds = 5, .warmup = 2, .concurrency = 64};
struct client *clients;
int ready_count;
long lost, odd;
char stalled_reason[128];

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    exit(1);
}

static const struct option names[] = {
    {"port", 1, 0, 'p'}, {"pid", 1, 0, 'P'}, {"mode", 1, 0, 'm'}, {"transport", 1, 0, 't'}, {"clients", 1, 0, 'n'},
    {"payload", 1, 0, 'b'}, {"rooms", 1, 0, 'r'}, {"stalled", 1, 0, 's'}, {"rate", 1, 0, 'R'}, {"window", 1, 0, 'w'},
    {"seconds", 1, 0, 'S'}, {"warmup", 1, 0, 'W'}, {"deflate", 0, 0, 'd'}, {"concurrency", 1, 0, 'c'}, {0, 0, 0, 0}};

static int one_of(const char *word, const char *const *words) {
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(word, words[i]) == 0) return i;
    fail("what is \"%s\"?", word);
}

/* Numbers with commas between them; how many there are. */
static int list_of(const char *words, int *into, int room) {
    int n = 0;
    while (*words != 0) {
        char *end;
        if (n == room) fail("more than %d numbers", room);
        into[n] = (int)strtol(words, &end, 10);
        if (end == words || (*end != 0 && *end != ',') || into[n] <= 0) fail("\"%s\" is no list of numbers", words);
        n++;
        words = *end == ',' ? end + 1 : end;
    }
    return n;
}

static void parse(int count, char **arguments) {
    static const char *const modes[] = {"broadcast", "echo", "ack", "churn", "idle", NULL};
    static const char *const transports[] = {"websocket", "polling", NULL};
    int o;
    while ((o = getopt_long(count, arguments, "", names, NULL)) != -1) {
        switch (o) {
        case 'p': options.servers = list_of(optarg, options.ports, MOST_SERVERS); break;
        case 'P': options.processes = list_of(optarg, options.pids, MOST_SERVERS + 1); break;
        case 'm': options.mode = (enum mode)one_of(optarg, modes); break;
        case 't': options.transport = (enum transport)one_of(optarg, transports); break;
        case 'n': options.clients = atoi(optarg); break;
        case 'b': options.payload = atoi(optarg); break;
        case 'r': options.rooms = atoi(optarg); break;
        case 's': options.stalled = atoi(optarg); break;
        case 'R': options.rate = atof(optarg); break;
        case 'w': options.window = atoi(optarg); break;
        case 'S': options.seconds = atof(optarg); break;
        case 'W': options.warmup = atof(optarg); break;
        case 'd': options.deflate = true; break;
        case 'c': options.concurrency = atoi(optarg); break;
        default: exit(2);
        }
    }
    if (options.servers == 0 || options.ports[0] == 0) fail("--port is missing");
    if (options.payload < 8) fail("--payload: at least 8 bytes, the message's number");
    if (options.payload > 65000) fail("--payload: at most 65000 bytes");
    if (options.rooms < 1 || options.rooms > 10000) fail("--rooms: 1 to 10000");
    if (options.clients <= options.stalled || options.clients < options.rooms) fail("--clients: too few");
    if (options.transport == POLLING && (options.mode == CHURN || options.deflate || options.stalled > 0))
        fail("polling has no churn, deflate or stalled clients here");
    if (options.transport == POLLING && options.servers > 1) fail("polling has one server here");
    if (options.window > 0) return;
    /* So much under way that the server always has work, yet less than 64 MB in all. */
    options.window = options.mode == BROADCAST ? 64 * 1000000 / (options.clients * (options.payload + 30)) : 256;
    if (options.window > 128 && options.mode == BROADCAST) options.window = 128;
    if (options.window < 2) options.window = 2;
    if (options.mode == CHURN) options.window = options.concurrency;
}

/* Connects every client, a few at a time; returns the server's CPU time for each, in µs. */
static double connect_all(double *seconds) {
    struct sample before = sample_processes();
    uint64_t start = now(), progress = start, told = start;
    int begun = 0, had = 0;
    long lost_before = lost;
    while (ready_count < options.clients) {
        while (begun < options.clients && begun - ready_count < options.concurrency) {
            clients[begun].index = (uint32_t)begun;
            clients[begun].room = (uint32_t)(begun % options.rooms);
            net_connect(&clients[begun], now());
            begun++;
        }
        net_turn(NULL, 1);
        uint64_t t = now();
        if (lost > lost_before)
            fail("the server closed a connection while %d of %d clients were connected: %s", ready_count,
                    options.clients, stalled_reason);
        if (ready_count > had) {
            had = ready_count;
            progress = t;
        }
        if (t - progress > 20000000000u) fail("stuck with %d of %d clients connected", ready_count, options.clients);
        if (t - told > 2000000000u) {
            fprintf(stderr, "load: %d of %d clients connected\n", ready_count, options.clients);
            told = t;
        }
    }
    *seconds = (double)(now() - start) / 1e9;
    return (sample_processes().cpu_us - before.cpu_us) / options.clients;
}

static void turn_for(double seconds) {
    uint64_t until = now() + (uint64_t)(seconds * 1e9);
    while (now() < until) traffic_turn();
}

static void leave_all(void) {
    uint64_t until = now() + 20000000000u;
    int open;
    for (int i = 0; i < options.clients; i++)
        if (clients[i].state == READY) traffic_leave(&clients[i]);
    do {
        net_turn(NULL, 1);
        open = 0;
        for (int i = 0; i < options.clients; i++) open += clients[i].state != VACANT;
    } while (open > 0 && now() < until);
    if (open > 0) fail("%d connections were not closed", open);
}

static void print_latency(const char *name, const struct histogram *h) {
    printf("\"%s\":{\"count\":%lu,\"p50\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f}", name, (unsigned long)h->count,
            histogram_ms(h, 0.5), histogram_ms(h, 0.99), histogram_ms(h, 0.999), (double)h->max / 1e6);
}

int main(int count, char **arguments) {
    parse(count, arguments);
    clients = calloc((size_t)options.clients, sizeof *clients);
    net_start();
    struct sample empty = sample_processes();
    double connect_seconds, warm_seconds = 0, warm_us = 0;
    double connect_us = connect_all(&connect_seconds);
    struct histogram cold = run.connects;
    struct sample connected = sample_processes();
    for (int i = 0; i < options.stalled; i++) net_stall(&clients[i]);

    if (options.mode == CHURN) {
        leave_all();
        run.churning = true;
    }
    traffic_start();
    for (int i = 0; run.churning && i < options.window && i < options.clients; i++) net_connect(&clients[i], now());
    turn_for(options.warmup);

    struct sample before = sample_processes();
    double idle_before = net_idle_seconds();
    uint64_t start = now();
    traffic_window_begins();
    turn_for(options.seconds);
    traffic_window_ends();
    double seconds = (double)(now() - start) / 1e9, driver_idle = net_idle_seconds() - idle_before;
    struct sample after = sample_processes();

    uint64_t until = now() + 5000000000u;
    while (options.mode <= ACK && run.latency.count < run.due_deliveries && now() < until) traffic_turn();
    if (run.churning) {
        leave_all();
        run.churning = false;
        memset(&run.connects, 0, sizeof run.connects);
        warm_us = connect_all(&warm_seconds);
    }
    int stalled_closed = options.stalled > 0 ? net_stalled_closed() : 0;

    double cpu = after.cpu_us - before.cpu_us, counted = (double)run.counted;
    printf("{\"clients\":%d,\"lost\":%ld,\"odd\":%ld,\"seconds\":%.3f,\"counted\":%.0f,\"per_second\":%.1f,",
            options.clients,
            lost, odd, seconds, counted, counted / seconds);
    printf("\"cpu_us\":%.4f,\"server_busy\":%.4f,\"driver_busy\":%.4f,", counted > 0 ? cpu / counted : 0,
            cpu / 1e6 / seconds, 1 - driver_idle / seconds);
    printf("\"each_cpu_us\":[");
    for (int i = 0; i < options.processes; i++)
        printf("%s%.0f", i > 0 ? "," : "", after.each_us[i] - before.each_us[i]);
    printf("],\"missing\":%ld,", options.mode <= ACK ? (long)(run.due_deliveries - run.latency.count) : 0);
    printf("\"connect\":{\"cpu_us\":%.2f,\"per_second\":%.1f,", connect_us, options.clients / connect_seconds);
    print_latency("latency", &cold);
    printf("},\"warm_connect\":{\"cpu_us\":%.2f,\"per_second\":%.1f},", warm_us,
            warm_seconds > 0 ? options.clients / warm_seconds : 0);
    printf("\"rss_mb\":{\"empty\":%.1f,\"connected\":%.1f,\"end\":%.1f,\"peak\":%.1f},", (double)empty.rss_kb / 1024,
            (double)connected.rss_kb / 1024, (double)after.rss_kb / 1024, (double)after.peak_kb / 1024);
    printf("\"stalled\":{\"count\":%d,\"closed\":%d,\"reason\":\"", options.stalled, stalled_closed);
    for (char *c = stalled_reason; *c != 0; c++) putchar(*c == '"' || *c == '\\' || (unsigned char)*c < 32 ? '?' : *c);
    printf("\"},");
    print_latency("latency", &run.latency);
    putchar(',');
    print_latency("remote", &run.remote);
    printf("}\n");
    return 0;
}
