/* Latencies in a log-linear histogram, and what the server's process has cost so far. */
#include "load.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* 64 buckets for each power of two: a value is kept to within 1.6 %. */
static unsigned bucket_of(uint64_t ns) {
    if (ns < 64) return (unsigned)ns;
    unsigned shift = 63 - 6 - (unsigned)__builtin_clzll(ns);
    return ((shift + 1) << 6) + (unsigned)((ns >> shift) & 63);
}

static uint64_t highest_in(unsigned bucket) {
    if (bucket < 64) return bucket;
    unsigned shift = (bucket >> 6) - 1;
    return (((uint64_t)64 + (bucket & 63) + 1) << shift) - 1;
}

void histogram_record(struct histogram *h, uint64_t ns) {
    h->buckets[bucket_of(ns)]++;
    h->count++;
    if (ns > h->max) h->max = ns;
}

double histogram_ms(const struct histogram *h, double quantile) {
    uint64_t rank = (uint64_t)(quantile * (double)h->count), seen = 0;
    for (unsigned i = 0; i < sizeof h->buckets / sizeof *h->buckets; i++) {
        seen += h->buckets[i];
        if (seen > rank) {
            uint64_t top = highest_in(i);
            return (double)(top < h->max ? top : h->max) / 1e6;
        }
    }
    return (double)h->max / 1e6;
}

static double cpu_of(int pid) {
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    if (f == NULL) fail("the server (process %d) is gone", pid);
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = 0;
    unsigned long user = 0, system = 0;
    char *after_name = strrchr(text, ')');
    if (after_name == NULL
            || sscanf(after_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        fail("cannot read %s", path);
    return (double)(user + system) * 1e6 / (double)sysconf(_SC_CLK_TCK);
}

struct sample sample_processes(void) {
    struct sample s = {0};
    char path[64], text[4096];
    if (options.processes == 0) return s;
    for (int i = 0; i < options.processes; i++) {
        s.each_us[i] = cpu_of(options.pids[i]);
        s.cpu_us += s.each_us[i];
    }
    snprintf(path, sizeof path, "/proc/%d/status", options.pids[0]);
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(text, sizeof text, f) != NULL) {
        sscanf(text, "VmRSS: %ld", &s.rss_kb);
        sscanf(text, "VmHWM: %ld", &s.peak_kb);
    }
    if (f != NULL) fclose(f);
    return s;
}
