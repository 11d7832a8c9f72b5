/*
 * The memory that one plugin instance and the program share: a file that the plugin makes and both map. Java's side is
 * antiphon.midi.lv2.Layout, which has the same offsets.
 *
 * All numbers are the machine's own. Each field has one writer, named behind it; those that are marked atomic are
 * written with release and read with acquire. Times are CLOCK_MONOTONIC in nanoseconds, which is System.nanoTime().
 *
 *   offset  size  what
 *        0     4  magic                                      plugin, once
 *        4     4  version                                    plugin, once
 *        8     4  sample rate                                plugin, once
 *       12     4  period: frames of the longest cycle lately plugin, atomic
 *       16     4  state: ANTIPHON_PASSES ...                 plugin, atomic
 *       20     4  messages that wait to be played            plugin, atomic
 *       24     4  cycles run                                 plugin, atomic
 *       32    64  the host program's name, ends with 0       plugin, once
 *      128     8  owner: process id << 32 | number, or 0     program, compare and set
 *      136     8  heartbeat: when it last looked             program, atomic
 *      192     8  accepted: the owner that is listened to    plugin, atomic
 *      200     8  epoch: how often one was accepted          plugin, atomic
 *      208     8  base: the place in the ring to the program
 *                 at which the accepted one begins           plugin, atomic
 *      256     4  bell: a futex, counts                      plugin, atomic
 *      260     4  sleeping: 1 while it waits at the bell     program, atomic
 *      320     8  head of the ring to the program            program, atomic
 *      384     8  tail of the ring to the plugin             program, compare and set
 *      448     8  head of the ring to the plugin             plugin, atomic
 *      512    40  late, late notes, dropped notes, dropped
 *                 inputs, dropped outputs                    plugin, atomic
 *     4096        ring to the program, 8192 slots
 *   528384        ring to the plugin, 4096 slots
 *   790528        the end
 *
 * A ring's place counts up for ever; its slot is the place modulo the number of slots. Whoever fills a slot makes sure by
 * the head that it has been emptied, and sets its turn to place + 1 at last. A message that is longer than a slot's data
 * goes on in the data of the slots behind; the first one's turn is set last, and the others' are not looked at.
 *
 * The ring to the program has one writer. That to the plugin has several: who writes moves the tail first.
 */
#ifndef ANTIPHON_SHARED_H
#define ANTIPHON_SHARED_H

#include <stdatomic.h>
#include <stdint.h>

#define ANTIPHON_MAGIC 0x49544e41u
#define ANTIPHON_VERSION 1u

#define ANTIPHON_IN_SLOTS 8192u
#define ANTIPHON_OUT_SLOTS 4096u
#define ANTIPHON_SLOT_BYTES 40u

/* A heartbeat that is older than this is that of somebody who is gone or hangs. */
#define ANTIPHON_ALIVE_NANOS 500000000ll

/* Of the state: the plugin itself copies what comes in to its output. */
#define ANTIPHON_PASSES 1u
/* The host renders faster or slower than in real time, or the plugin is bypassed: it neither asks nor plays answers. */
#define ANTIPHON_RESTS 2u

/* What is in a slot. */
#define ANTIPHON_MESSAGE 1u
#define ANTIPHON_SPAN 2u

/* Of a span: the host's transport rolls, and its place is known. */
#define ANTIPHON_ROLLS 1u
/* Likewise: times do not go on from those of the span before, because the host paused or lost cycles. */
#define ANTIPHON_JUMPS 2u

struct antiphon_slot {
    _Atomic uint64_t turn;
    uint32_t kind;
    uint32_t size;                      /* of the message in bytes */
    int64_t nanos;                      /* when it came, when it is due, or when the span begins */
    uint8_t data[ANTIPHON_SLOT_BYTES];
};

/* A stretch of a cycle in which the host's transport runs on as it does. */
struct antiphon_span {
    int64_t nanos;                      /* its length */
    double ticks;                       /* 24 a quarter: where the song is at its begin */
    double ticks_per_frame;
    uint32_t frames;
    uint16_t quarters;                  /* of a bar */
    uint16_t flags;
};

struct antiphon_shared {
    uint32_t magic;
    uint32_t version;
    uint32_t rate;
    _Atomic uint32_t period;
    _Atomic uint32_t state;
    _Atomic uint32_t waiting;
    _Atomic uint32_t cycles;
    uint32_t unused;
    char host[64];
    _Alignas(64) _Atomic uint64_t owner;
    _Atomic int64_t heartbeat;
    _Alignas(64) _Atomic uint64_t accepted;
    _Atomic uint64_t epoch;
    _Atomic uint64_t base;
    _Alignas(64) _Atomic uint32_t bell;
    _Atomic uint32_t sleeping;
    _Alignas(64) _Atomic uint64_t in_head;
    _Alignas(64) _Atomic uint64_t out_tail;
    _Alignas(64) _Atomic uint64_t out_head;
    _Alignas(64) _Atomic uint64_t late;
    _Atomic uint64_t late_notes;
    _Atomic uint64_t dropped_notes;
    _Atomic uint64_t dropped_inputs;
    _Atomic uint64_t dropped_outputs;
    _Alignas(4096) struct antiphon_slot in[ANTIPHON_IN_SLOTS];
    struct antiphon_slot out[ANTIPHON_OUT_SLOTS];
};

_Static_assert(sizeof(struct antiphon_slot) == 64, "a slot is a cache line");
_Static_assert(sizeof(struct antiphon_span) <= ANTIPHON_SLOT_BYTES, "a span fits into a slot");
_Static_assert(_Alignof(struct antiphon_slot) == 8, "slots follow each other without gaps");
_Static_assert(sizeof(struct antiphon_shared) == 790528, "as drawn above");

#endif
