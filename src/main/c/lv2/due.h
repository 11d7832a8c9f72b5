/*
 * Messages that wait until they are due, those of one time in the order in which they came: a binary heap of fixed size,
 * and room for the bytes of long ones, which is free again when none of them waits. No allocation.
 */
#ifndef ANTIPHON_DUE_H
#define ANTIPHON_DUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DUE_MESSAGES 4096u
#define DUE_LONG_BYTES (1u << 17)
#define DUE_SHORT_BYTES 4u

struct due_message {
    int64_t nanos;
    uint32_t serial;
    uint32_t size;
    uint32_t at;                        /* of a long one: in the bytes */
    uint8_t bytes[DUE_SHORT_BYTES];
};

struct due {
    uint32_t count;
    uint32_t serial;
    uint32_t long_count;
    uint32_t long_end;
    struct due_message heap[DUE_MESSAGES];
    uint8_t bytes[DUE_LONG_BYTES];
};

static void due_clear(struct due *d) {
    d->count = 0;
    d->long_count = 0;
    d->long_end = 0;
}

static bool due_before(const struct due_message *one, const struct due_message *other) {
    return one->nanos != other->nanos ? one->nanos < other->nanos : (int32_t)(one->serial - other->serial) < 0;
}

/* Room for a message, to be filled by the caller, or NULL: then it is lost. */
static uint8_t *due_add(struct due *d, int64_t nanos, uint32_t size) {
    bool is_long = size > DUE_SHORT_BYTES;
    if (d->count == DUE_MESSAGES || (is_long && size > DUE_LONG_BYTES - d->long_end)) {
        return NULL;
    }
    struct due_message message = {.nanos = nanos, .serial = d->serial++, .size = size, .at = d->long_end};
    if (is_long) {
        d->long_count++;
        d->long_end += size;
    }
    uint32_t at = d->count++;
    while (at > 0 && due_before(&message, &d->heap[(at - 1) / 2])) {
        d->heap[at] = d->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    d->heap[at] = message;
    return is_long ? d->bytes + message.at : d->heap[at].bytes;
}

/* The first message's bytes; there must be one. */
static const uint8_t *due_bytes(const struct due *d) {
    return d->heap[0].size > DUE_SHORT_BYTES ? d->bytes + d->heap[0].at : d->heap[0].bytes;
}

/* Removes the first; there must be one. */
static void due_remove(struct due *d) {
    if (d->heap[0].size > DUE_SHORT_BYTES && --d->long_count == 0) {
        d->long_end = 0;
    }
    struct due_message last = d->heap[--d->count];
    uint32_t at = 0;
    for (uint32_t child = 1; child < d->count; child = 2 * at + 1) {
        if (child + 1 < d->count && due_before(&d->heap[child + 1], &d->heap[child])) {
            child++;
        }
        if (due_before(&last, &d->heap[child])) {
            break;
        }
        d->heap[at] = d->heap[child];
        at = child;
    }
    d->heap[at] = last;
}

#endif
