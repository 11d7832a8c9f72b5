/*
 * When which frame is: a delay-locked loop (Fons Adriaensen, "Using a DLL to filter time", 2005) over the moments at which
 * the host runs us. A cycle that begins where the last one ended by this clock; hosts run plugins late and unevenly, but
 * their frames come steadily.
 */
#ifndef ANTIPHON_CLOCK_H
#define ANTIPHON_CLOCK_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* How fast it follows at first, and after two seconds. */
#define CLOCK_FAST_HERTZ 2.0
#define CLOCK_SLOW_HERTZ 0.1
#define CLOCK_SETTLED_NANOS 2e9

/*
 * Then no cycle moves it further than this error does. On a busy machine some come tens of milliseconds late, and what was
 * told by the clock before would not fit to what is played by the clock after: steady counts more than right.
 */
#define CLOCK_ERROR_NANOS 0.5e6

/* The host has paused or lost cycles: it begins anew. */
#define CLOCK_JUMP_NANOS 30e6

/* No sample rate is off by more. */
#define CLOCK_DRIFT 0.01

struct clock {
    double nominal;                     /* nanoseconds a frame, as the host says */
    double per_frame;                   /* as measured */
    double next;                        /* where the next cycle begins, after start */
    double age;                         /* nanoseconds since it began anew */
    int64_t start;
    bool runs;
};

static void clock_begin(struct clock *c, double rate) {
    c->nominal = 1e9 / rate;
    c->per_frame = c->nominal;
    c->runs = false;
}

/* A cycle of so many frames, above 0, begins now. Afterwards start is when by this clock. */
static void clock_cycle(struct clock *c, int64_t now, uint32_t frames) {
    double expected_span = frames * c->nominal;
    double error = c->runs ? (double)(now - c->start) - c->next : 0;
    if (!c->runs || fabs(error) > CLOCK_JUMP_NANOS + 2 * expected_span) {
        c->runs = true;
        c->start = now;
        c->per_frame = c->nominal;
        c->age = 0;
        c->next = expected_span;
        return;
    }
    int64_t whole = (int64_t)c->next;
    double rest = c->next - (double)whole;
    double settled = fmin(c->age / CLOCK_SETTLED_NANOS, 1);
    double hertz = CLOCK_FAST_HERTZ * pow(CLOCK_SLOW_HERTZ / CLOCK_FAST_HERTZ, settled);
    if (settled >= 1) {
        error = fmin(fmax(error, -CLOCK_ERROR_NANOS), CLOCK_ERROR_NANOS);
    }
    double omega = fmin(2 * M_PI * hertz * expected_span / 1e9, 0.5);
    c->start += whole;
    c->per_frame += omega * omega * error / frames;
    c->per_frame = fmin(fmax(c->per_frame, c->nominal * (1 - CLOCK_DRIFT)), c->nominal * (1 + CLOCK_DRIFT));
    c->next = rest + frames * c->per_frame + M_SQRT2 * omega * error;
    c->age += expected_span;
}

/* When a frame of this cycle is. */
static int64_t clock_nanos(const struct clock *c, double frame) {
    return c->start + (int64_t)llrint(frame * c->per_frame);
}

/* The frame that is nearest to a moment: below 0 before this cycle, beyond it after. */
static int64_t clock_frame(const struct clock *c, int64_t nanos) {
    double frame = (double)(nanos - c->start) / c->per_frame;
    return (int64_t)floor(frame + 0.5);
}

#endif
