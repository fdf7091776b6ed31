/* The state of a run, shared by its clockwork (main.c) and its traffic. */
#ifndef RUN_H
#define RUN_H

#include "load.h"

struct run {
    bool sending, counting, churning;
    uint64_t counted;          /* deliveries (CHURN: connects) that came within the window */
    uint32_t first_message, messages; /* those due within the window */
    uint64_t first_delivery, due_deliveries;
    struct histogram latency;  /* of the messages due within the window */
    struct histogram remote;   /* of these, those of a client of one server to clients of another */
    struct histogram connects; /* from connect() to READY */
};

extern struct run run;

void traffic_turn(void);
void traffic_window_begins(void);
void traffic_window_ends(void);
void traffic_leave(struct client *c);

#endif
