/* What one voice has begun at the output and not ended: keys, and controllers that last. */
#ifndef ANTIPHON_HELD_H
#define ANTIPHON_HELD_H

#include <stdbool.h>
#include <stdint.h>

#define HELD_CHANNELS 16
#define HELD_KEYS 128
#define HELD_LASTING 6

struct held {
    bool any;
    uint8_t keys[HELD_CHANNELS][HELD_KEYS];
    bool lasting[HELD_CHANNELS][HELD_LASTING];
};

/* Sustain, sostenuto, hold 2, modulation, pitch bend, channel pressure: how each is told to rest. */
static const uint8_t HELD_REST[HELD_LASTING][3] = {
    {0xB0, 64, 0}, {0xB0, 66, 0}, {0xB0, 69, 0}, {0xB0, 1, 0}, {0xE0, 0, 64}, {0xD0, 0, 0}};

static uint32_t held_size(uint8_t status) {
    return (status & 0xF0) == 0xC0 || (status & 0xF0) == 0xD0 ? 2 : 3;
}

/* Which of the lasting controllers a message moves, or -1; *rests tells whether it brings it to rest. */
static int held_lasting(const uint8_t *bytes, bool *rests) {
    for (int i = 0; i < HELD_LASTING; i++) {
        const uint8_t *rest = HELD_REST[i];
        if (rest[0] == (bytes[0] & 0xF0) && (rest[0] != 0xB0 || rest[1] == bytes[1])) {
            *rests = rest[0] == 0xE0 ? bytes[1] == 0 && bytes[2] == 64
                   : rest[0] == 0xD0 ? bytes[1] == 0 : i < 3 ? bytes[2] < 64 : bytes[2] == 0;
            return i;
        }
    }
    return -1;
}

static bool held_is_on(const uint8_t *bytes) {
    return (bytes[0] & 0xF0) == 0x90 && bytes[2] != 0;
}

static bool held_is_off(const uint8_t *bytes) {
    return (bytes[0] & 0xF0) == 0x80 || ((bytes[0] & 0xF0) == 0x90 && bytes[2] == 0);
}

/* True for a message that ends something that this voice has begun. A whole message of a channel. */
static bool held_ends(const struct held *h, const uint8_t *bytes) {
    bool rests = false;
    int lasting = held_lasting(bytes, &rests);
    int channel = bytes[0] & 0x0F;
    return held_is_off(bytes) ? h->keys[channel][bytes[1] & 0x7F] > 0
                              : lasting >= 0 && rests && h->lasting[channel][lasting];
}

/* Writes down a message that has left. */
static void held_take(struct held *h, const uint8_t *bytes, uint32_t size) {
    if (bytes[0] >= 0xF0 || size < held_size(bytes[0])) {
        return;
    }
    int channel = bytes[0] & 0x0F;
    bool rests = false;
    int lasting = held_lasting(bytes, &rests);
    uint8_t *key = &h->keys[channel][bytes[1] & 0x7F];
    if (held_is_on(bytes)) {
        h->any = true;
        *key += *key < UINT8_MAX;
    } else if (held_is_off(bytes)) {
        *key -= *key > 0;
    } else if (lasting >= 0) {
        h->any |= !rests;
        h->lasting[channel][lasting] = !rests;
    }
}

#endif
