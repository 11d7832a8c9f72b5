/*
 * When which frame is. A cycle begins where the last one ended, at the measured sample rate: hosts run plugins late and
 * unevenly, on a busy machine by tens of milliseconds, but their frames come steadily. What is told of the song by this clock
 * must fit to what is played by it seconds later, so steady counts more than right.
 */
#ifndef ANTIPHON_CLOCK_H
#define ANTIPHON_CLOCK_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* At first it takes the cycle that is run least late for its measure: none is run early. */
#define CLOCK_SETTLED_NANOS 2e9

/*
 * Then it follows like a delay-locked loop (Fons Adriaensen, "Using a DLL to filter time", 2005), and no cycle counts for
 * more than so much: it moves by at most 0.2 ms a second.
 */
#define CLOCK_HERTZ 0.1
#define CLOCK_ERROR_NANOS 0.2e6

/* The host has paused or lost cycles: it begins anew. */
#define CLOCK_JUMP_NANOS 30e6

/* No sample rate is off by more. */
#define CLOCK_DRIFT 0.001

struct clock {
    double nominal;                     /* nanoseconds a frame, as the host says */
    double per_frame;                   /* as measured */
    double next;                        /* where the next cycle begins, after start */
    double age;                         /* nanoseconds since it began anew */
    int64_t start;
    bool runs;
    bool jumps;                         /* with this cycle it began anew */
};

static void clock_begin(struct clock *c, double rate) {
    c->nominal = 1e9 / rate;
    c->per_frame = c->nominal;
    c->runs = false;
}

/*
 * A cycle of so many frames, above 0, begins now. Afterwards start is when by this clock.
 *
 * whole: false for a part of one that the host has cut: the parts are run at once
 */
static void clock_cycle(struct clock *c, int64_t now, uint32_t frames, bool whole) {
    double expected_span = frames * c->nominal;
    double error = c->runs ? (double)(now - c->start) - c->next : 0;
    if (!c->runs || fabs(error) > CLOCK_JUMP_NANOS + 2 * expected_span) {
        c->runs = true;
        c->jumps = true;
        c->start = now;
        c->per_frame = c->nominal;
        c->age = 0;
        c->next = expected_span;
        return;
    }
    int64_t passed = (int64_t)c->next;
    double rest = c->next - (double)passed;
    c->jumps = false;
    c->start += passed;
    c->next = rest + frames * c->per_frame;
    c->age += expected_span;
    if (c->age < CLOCK_SETTLED_NANOS && whole && error < 0) {
        c->start = now;
        c->next = frames * c->per_frame;
    } else if (c->age >= CLOCK_SETTLED_NANOS && whole) {
        double omega = fmin(2 * M_PI * CLOCK_HERTZ * expected_span / 1e9, 0.5);
        error = fmin(fmax(error, -CLOCK_ERROR_NANOS), CLOCK_ERROR_NANOS);
        c->per_frame += omega * omega * error / frames;
        c->per_frame = fmin(fmax(c->per_frame, c->nominal * (1 - CLOCK_DRIFT)), c->nominal * (1 + CLOCK_DRIFT));
        c->next += M_SQRT2 * omega * error;
    }
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
