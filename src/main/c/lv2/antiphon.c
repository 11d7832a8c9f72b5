/*
 * Antiphon as an LV2 plugin: what comes in goes to the program, what the program answers goes out at the very frame, and the
 * host's transport is its clock. The music is made by the program (antiphon run --lv2), which is a process of its own; this
 * is only the way to it and back.
 *
 * run allocates nothing, waits for nothing, and makes no system call but the one that wakes the program. Where no program
 * is there, or it stalls, all that it has begun is ended here, and what comes in passes as if there were no plugin.
 */
#define _GNU_SOURCE
#include "clock.h"
#include "due.h"
#include "held.h"
#include "memory.h"
#include "shared.h"

#include <linux/futex.h>
#include <lv2/atom/atom.h>
#include <lv2/atom/util.h>
#include <lv2/core/lv2.h>
#include <lv2/midi/midi.h>
#include <lv2/patch/patch.h>
#include <lv2/state/state.h>
#include <lv2/time/time.h>
#include <lv2/urid/urid.h>
#include <lv2/worker/worker.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PLUGIN_URI "https://antiphon.example/lv2"
#define SETTINGS_BYTES 1024
#define LATE_NOTE_NANOS 20000000ll
#define TOO_LATE_NANOS 100000000ll
#define TICKS_PER_QUARTER 24.0
#define START_AGAIN_SECONDS 15
#define PERIOD_CYCLES 256u

enum { PORT_IN, PORT_OUT, PORT_ENABLED, PORT_FREEWHEEL, PORT_THRU, PORT_START, PORT_PRESENT };

struct uris {
    LV2_URID sequence, object, path, string, urid, number_int, number_long, number_float, number_double;
    LV2_URID midi, position, bar, bar_beat, beats_per_bar, beat_unit, bpm, speed;
    LV2_URID set, get, property, value, settings, id;
};

/* Where the host's song is, as far as it has told. */
struct place {
    double bar, bar_beat, beats_per_bar, beat_unit, bpm, speed;
    bool known;
    double ticks;                       /* at the begin of the span */
    uint32_t from;                      /* the span's first frame */
};

enum { WORK_START = 1, WORK_SETTINGS };

/* For the host's worker thread. */
struct work {
    uint8_t what;
    char settings[SETTINGS_BYTES];
};

struct plugin {
    const LV2_Atom_Sequence *in;
    LV2_Atom_Sequence *out;
    const float *enabled, *freewheel, *thru, *start;
    float *present;

    LV2_Worker_Schedule *schedule;
    struct uris uris;
    double rate;
    struct memory memory;

    /* Not run's: the settings file of the program that is started, and the lock of those who read and write it. */
    pthread_mutex_t lock;
    char settings[SETTINGS_BYTES];

    /* What run has of it, for whoever asks, and the work that it is to be taken over. */
    struct work told;

    struct clock clock;
    struct place place;
    struct due due;
    struct held answers, passed;
    uint32_t capacity;                  /* of the output in bytes */
    uint32_t last_frame;                /* of what was written in this cycle */
    uint32_t period, longest, cycles;
    uint64_t accepted, in_tail, in_base, out_head;
    double since_start;                 /* seconds since the program was last told to start */
    bool releases;
    bool rests;                         /* asks for nothing and plays no answers: bypassed, or the host freewheels */
    bool told_rolls;                    /* what the program knows of the transport */
    bool wakes;
};

/* -------------------------------------------------------------------------------------------------- output */

/* Room for a message at a frame, or NULL. */
static uint8_t *reserve(struct plugin *p, uint32_t frame, LV2_URID type, uint32_t size) {
    uint32_t padded = lv2_atom_pad_size((uint32_t)sizeof(LV2_Atom_Event) + size);
    if (p->out->atom.size + padded > p->capacity) {
        return NULL;
    }
    LV2_Atom_Event *event = (LV2_Atom_Event *)((uint8_t *)LV2_ATOM_CONTENTS(LV2_Atom, &p->out->atom) + p->out->atom.size);
    p->last_frame = frame > p->last_frame ? frame : p->last_frame;
    event->time.frames = p->last_frame;
    event->body.type = type;
    event->body.size = size;
    p->out->atom.size += padded;
    return (uint8_t *)(event + 1);
}

static bool emit(struct plugin *p, struct held *held, uint32_t frame, const uint8_t *bytes, uint32_t size) {
    uint8_t *to = reserve(p, frame, p->uris.midi, size);
    if (to == NULL) {
        return false;
    }
    memcpy(to, bytes, size);
    held_take(held, bytes, size);
    return true;
}

/* Ends all that the answers hold. What finds no room is ended in the next cycle. */
static void release(struct plugin *p) {
    struct held *h = &p->answers;
    for (int channel = 0; channel < HELD_CHANNELS && h->any; channel++) {
        for (int key = 0; key < HELD_KEYS; key++) {
            while (h->keys[channel][key] > 0) {
                uint8_t off[3] = {(uint8_t)(0x80 | channel), (uint8_t)key, 64};
                if (!emit(p, h, p->last_frame, off, sizeof off)) {
                    return;
                }
            }
        }
        for (int i = 0; i < HELD_LASTING; i++) {
            uint8_t rest[3] = {(uint8_t)(HELD_REST[i][0] | channel), HELD_REST[i][1], HELD_REST[i][2]};
            if (h->lasting[channel][i] && !emit(p, h, p->last_frame, rest, held_size(rest[0]))) {
                return;
            }
        }
    }
    h->any = false;
    p->releases = false;
}

static void count(_Atomic uint64_t *counter) {
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + 1, memory_order_release);
}

/* What is due at a frame before this one. */
static void write_due(struct plugin *p, uint32_t end) {
    struct antiphon_shared *s = p->memory.shared;
    while (p->due.count > 0) {
        const struct due_message *first = &p->due.heap[0];
        const uint8_t *bytes = due_bytes(&p->due);
        int64_t frame = clock_frame(&p->clock, first->nanos);
        if (frame >= (int64_t)end) {
            return;
        }
        int64_t late = frame < 0 ? p->clock.start - first->nanos : 0;
        bool is_note = held_is_on(bytes);
        if (is_note && late > TOO_LATE_NANOS) {
            count(&s->dropped_notes);
        } else if (!emit(p, &p->answers, frame < 0 ? 0 : (uint32_t)frame, bytes, first->size)) {
            if (p->out->atom.size > sizeof(LV2_Atom_Sequence_Body)) {
                return;
            }
            /* It never finds room. */
            count(&s->dropped_outputs);
        } else if (frame < 0) {
            count(&s->late);
            if (is_note && late > LATE_NOTE_NANOS) {
                count(&s->late_notes);
            }
        }
        due_remove(&p->due);
    }
}

/* ------------------------------------------------------------------------------------------- to the program */

/* Half of the ring is for whatever comes, a quarter more for notes, and the last for what ends something. */
static bool has_room(const struct plugin *p, uint64_t slots, uint32_t kind, const uint8_t *bytes) {
    uint64_t head = atomic_load_explicit(&p->memory.shared->in_head, memory_order_acquire);
    uint64_t used = p->in_tail - (head > p->in_base && head <= p->in_tail ? head : p->in_base);
    bool rests = false;
    bool ends = kind == ANTIPHON_MESSAGE && bytes[0] < 0xF0
        && (held_is_off(bytes) || (held_lasting(bytes, &rests) >= 0 && rests));
    bool is_note = kind == ANTIPHON_MESSAGE && held_is_on(bytes);
    uint64_t limit = ends ? ANTIPHON_IN_SLOTS : is_note ? ANTIPHON_IN_SLOTS / 4 * 3 : ANTIPHON_IN_SLOTS / 2;
    return used + slots <= limit;
}

static void tell(struct plugin *p, uint32_t kind, int64_t nanos, const uint8_t *bytes, uint32_t size) {
    struct antiphon_shared *s = p->memory.shared;
    uint64_t slots = size == 0 ? 1 : (size + ANTIPHON_SLOT_BYTES - 1) / ANTIPHON_SLOT_BYTES;
    if (p->accepted == 0) {
        return;
    }
    if (!has_room(p, slots, kind, bytes)) {
        count(&s->dropped_inputs);
        return;
    }
    struct antiphon_slot *first = &s->in[p->in_tail % ANTIPHON_IN_SLOTS];
    first->kind = kind;
    first->size = size;
    first->nanos = nanos;
    for (uint64_t i = 0; i < slots; i++) {
        uint32_t from = (uint32_t)i * ANTIPHON_SLOT_BYTES;
        uint32_t part = size - from < ANTIPHON_SLOT_BYTES ? size - from : ANTIPHON_SLOT_BYTES;
        memcpy(s->in[(p->in_tail + i) % ANTIPHON_IN_SLOTS].data, bytes + from, part);
    }
    atomic_store_explicit(&first->turn, p->in_tail + 1, memory_order_release);
    p->in_tail += slots;
    p->wakes = true;
}

static void ring(struct plugin *p) {
    struct antiphon_shared *s = p->memory.shared;
    p->wakes = false;
    atomic_fetch_add_explicit(&s->bell, 1, memory_order_seq_cst);
    if (atomic_load_explicit(&s->sleeping, memory_order_seq_cst) != 0) {
        syscall(SYS_futex, &s->bell, FUTEX_WAKE, 1, NULL, NULL, 0);
    }
}

/* A frame's time as one that comes in there: a period ago, when it was played. */
static int64_t heard_nanos(const struct plugin *p, uint32_t frame) {
    return clock_nanos(&p->clock, (double)frame - p->period);
}

/* ----------------------------------------------------------------------------------------- from the program */

static void take_messages(struct plugin *p) {
    struct antiphon_shared *s = p->memory.shared;
    /* As many as there are slots: a program that writes on and on does not hold us up. */
    for (uint32_t i = 0; i < ANTIPHON_OUT_SLOTS; i++) {
        struct antiphon_slot *first = &s->out[p->out_head % ANTIPHON_OUT_SLOTS];
        if (atomic_load_explicit(&first->turn, memory_order_acquire) != p->out_head + 1) {
            break;
        }
        uint32_t size = first->size;
        uint64_t slots = size == 0 ? 1 : (size + ANTIPHON_SLOT_BYTES - 1) / ANTIPHON_SLOT_BYTES;
        bool is_message = size > 0 && slots <= ANTIPHON_OUT_SLOTS && first->data[0] >= 0x80
            && (first->data[0] >= 0xF0 || size == held_size(first->data[0]));
        uint8_t *to = is_message ? due_add(&p->due, first->nanos, size) : NULL;
        for (uint64_t k = 0; to != NULL && k < slots; k++) {
            uint32_t from = (uint32_t)k * ANTIPHON_SLOT_BYTES;
            uint32_t part = size - from < ANTIPHON_SLOT_BYTES ? size - from : ANTIPHON_SLOT_BYTES;
            memcpy(to + from, s->out[(p->out_head + k) % ANTIPHON_OUT_SLOTS].data, part);
        }
        if (to == NULL) {
            count(&s->dropped_outputs);
        }
        p->out_head += slots <= ANTIPHON_OUT_SLOTS ? slots : 1;
    }
    atomic_store_explicit(&s->waiting, p->due.count, memory_order_release);
    atomic_store_explicit(&s->out_head, p->out_head, memory_order_release);
}

/* Whoever owned us is not listened to any more, and what it has begun ends. */
static void part(struct plugin *p) {
    p->accepted = 0;
    p->releases = true;
    due_clear(&p->due);
    atomic_store_explicit(&p->memory.shared->accepted, 0, memory_order_release);
}

static void accept(struct plugin *p, uint64_t owner) {
    struct antiphon_shared *s = p->memory.shared;
    p->accepted = owner;
    p->in_base = p->in_tail;
    p->out_head = atomic_load_explicit(&s->out_tail, memory_order_acquire);
    /* Where the song is it hears anew. */
    p->told_rolls = false;
    atomic_store_explicit(&s->base, p->in_tail, memory_order_release);
    atomic_store_explicit(&s->out_head, p->out_head, memory_order_release);
    atomic_store_explicit(&s->epoch, atomic_load_explicit(&s->epoch, memory_order_relaxed) + 1, memory_order_release);
    atomic_store_explicit(&s->accepted, owner, memory_order_release);
}

static void follow_program(struct plugin *p, int64_t now) {
    struct antiphon_shared *s = p->memory.shared;
    uint64_t owner = atomic_load_explicit(&s->owner, memory_order_acquire);
    int64_t heartbeat = atomic_load_explicit(&s->heartbeat, memory_order_acquire);
    bool alive = owner != 0 && now - heartbeat < ANTIPHON_ALIVE_NANOS;
    if (p->accepted != 0 && (!alive || owner != p->accepted)) {
        part(p);
    }
    if (p->accepted == 0 && alive) {
        accept(p, owner);
    }
    take_messages(p);
    if (p->rests) {
        p->releases |= p->answers.any;
        due_clear(&p->due);
    }
}

/* ------------------------------------------------------------------------------------------------ transport */

static double number(const struct plugin *p, const LV2_Atom *atom, double fallback) {
    if (atom == NULL) {
        return fallback;
    }
    const struct uris *u = &p->uris;
    return atom->type == u->number_float    ? (double)((const LV2_Atom_Float *)atom)->body
         : atom->type == u->number_double   ? ((const LV2_Atom_Double *)atom)->body
         : atom->type == u->number_long     ? (double)((const LV2_Atom_Long *)atom)->body
         : atom->type == u->number_int      ? (double)((const LV2_Atom_Int *)atom)->body
                                            : fallback;
}

static double ticks_per_frame(const struct plugin *p) {
    const struct place *place = &p->place;
    return place->speed * place->bpm * 4 / place->beat_unit * TICKS_PER_QUARTER / (60 * p->rate);
}

/* Tells what the transport does up to a frame, from where it was last told. */
static void tell_span(struct plugin *p, uint32_t end) {
    struct place *place = &p->place;
    if (end <= place->from) {
        return;
    }
    double per_frame = ticks_per_frame(p);
    bool rolls = !p->rests && place->known && place->speed > 0 && per_frame > 0 && per_frame < 1 && isfinite(place->ticks);
    struct antiphon_span span = {
        .nanos = clock_nanos(&p->clock, end) - clock_nanos(&p->clock, place->from),
        .ticks = place->ticks,
        .ticks_per_frame = per_frame,
        .frames = end - place->from,
        .quarters = (uint16_t)fmin(fmax(place->beats_per_bar * 4 / place->beat_unit + 0.5, 0), 64),
        .flags = (uint16_t)((rolls ? ANTIPHON_ROLLS : 0) | (p->clock.jumps ? ANTIPHON_JUMPS : 0)),
    };
    if (rolls || p->told_rolls) {
        tell(p, ANTIPHON_SPAN, heard_nanos(p, place->from), (const uint8_t *)&span, sizeof span);
        p->told_rolls = rolls;
    }
    if (place->speed != 0) {
        place->ticks += per_frame * (end - place->from);
    }
    place->from = end;
}

static void take_position(struct plugin *p, const LV2_Atom_Object *object, uint32_t frame) {
    const struct uris *u = &p->uris;
    struct place *place = &p->place;
    const LV2_Atom *bar = NULL, *bar_beat = NULL, *per_bar = NULL, *unit = NULL, *bpm = NULL, *speed = NULL;
    lv2_atom_object_get(object, u->bar, &bar, u->bar_beat, &bar_beat, u->beats_per_bar, &per_bar, u->beat_unit, &unit,
                        u->bpm, &bpm, u->speed, &speed, 0);
    tell_span(p, frame);
    place->beats_per_bar = number(p, per_bar, place->beats_per_bar);
    place->beat_unit = number(p, unit, place->beat_unit);
    place->bpm = number(p, bpm, place->bpm);
    place->speed = number(p, speed, place->speed);
    if (bar != NULL && bar_beat != NULL) {
        double beats = number(p, bar, 0) * place->beats_per_bar + number(p, bar_beat, 0);
        place->ticks = beats * TICKS_PER_QUARTER * 4 / place->beat_unit;
    }
    place->known = place->bpm > 0 && place->beat_unit > 0 && place->beats_per_bar > 0;
}

/* ------------------------------------------------------------------------------------------------- settings */

static void answer_settings(struct plugin *p, uint32_t frame) {
    const struct uris *u = &p->uris;
    uint32_t text = (uint32_t)strlen(p->told.settings) + 1;
    struct {
        LV2_Atom_Object_Body body;
        LV2_Atom_Property_Body property;
        LV2_URID body_value, pad;
        LV2_Atom_Property_Body value;
    } head = {{0, u->set}, {u->property, 0, {sizeof(LV2_URID), u->urid}}, u->settings, 0, {u->value, 0, {text, u->path}}};
    uint32_t size = (uint32_t)sizeof head + text;
    uint8_t *to = reserve(p, frame, u->object, size);
    if (to != NULL) {
        memcpy(to, &head, sizeof head);
        memcpy(to + sizeof head, p->told.settings, text);
    }
}

static void take_set(struct plugin *p, const LV2_Atom_Object *object) {
    const struct uris *u = &p->uris;
    const LV2_Atom *property = NULL, *value = NULL;
    lv2_atom_object_get(object, u->property, &property, u->value, &value, 0);
    if (property == NULL || property->type != u->urid || ((const LV2_Atom_URID *)property)->body != u->settings
        || value == NULL || value->type != u->path || value->size == 0 || value->size > SETTINGS_BYTES
        || ((const char *)(value + 1))[value->size - 1] != 0) {
        return;
    }
    memcpy(p->told.settings, value + 1, value->size);
    p->told.what = WORK_SETTINGS;
    if (p->schedule != NULL) {
        p->schedule->schedule_work(p->schedule->handle, 1 + value->size, &p->told);
    }
}

static void take_object(struct plugin *p, const LV2_Atom_Object *object, uint32_t frame) {
    if (object->body.otype == p->uris.position) {
        take_position(p, object, frame);
    } else if (object->body.otype == p->uris.set) {
        take_set(p, object);
    } else if (object->body.otype == p->uris.get) {
        answer_settings(p, frame);
    }
}

/* ------------------------------------------------------------------------------------------------------ run */

static int64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool is_on(const float *port, bool fallback) {
    return port == NULL ? fallback : *port > 0.5f;
}

/* A copy of what comes in. Once begun it is also ended, whatever is set by then. */
static void pass(struct plugin *p, bool passes, uint32_t frame, const uint8_t *bytes, uint32_t size) {
    bool of_channel = bytes[0] >= 0x80 && bytes[0] < 0xF0 && size == held_size(bytes[0]);
    if (passes || (of_channel && held_ends(&p->passed, bytes))) {
        if (!emit(p, &p->passed, frame, bytes, size) && p->memory.shared != NULL) {
            count(&p->memory.shared->dropped_outputs);
        }
    }
}

static void hear(struct plugin *p, uint32_t frames, bool passes) {
    LV2_ATOM_SEQUENCE_FOREACH(p->in, event) {
        int64_t at = event->time.frames < 0 ? 0 : event->time.frames;
        uint32_t frame = at < frames ? (uint32_t)at : frames - 1;
        const uint8_t *bytes = (const uint8_t *)(event + 1);
        if (event->body.type != p->uris.midi || event->body.size == 0) {
            continue;
        }
        bool whole = bytes[0] >= 0xF0 || (bytes[0] >= 0x80 && event->body.size == held_size(bytes[0]));
        if (!p->rests && whole) {
            tell(p, ANTIPHON_MESSAGE, heard_nanos(p, frame), bytes, event->body.size);
        }
        write_due(p, frame + 1);
        pass(p, passes, frame, bytes, event->body.size);
    }
}

/* The longest cycle of the last few hundred: hosts cut some at loops and automation. */
static void measure_period(struct plugin *p, uint32_t frames) {
    p->longest = frames > p->longest ? frames : p->longest;
    bool anew = ++p->cycles % PERIOD_CYCLES == 0;
    if (p->longest > p->period || anew) {
        p->period = p->longest;
        atomic_store_explicit(&p->memory.shared->period, p->period, memory_order_release);
    }
    if (anew) {
        p->longest = 0;
    }
    atomic_store_explicit(&p->memory.shared->cycles, p->cycles, memory_order_release);
}

static void ask_for_program(struct plugin *p, uint32_t frames, bool freewheels) {
    p->since_start += frames / p->rate;
    if (p->accepted == 0 && !freewheels && is_on(p->start, false) && p->since_start > START_AGAIN_SECONDS
        && p->schedule != NULL) {
        p->since_start = 0;
        uint8_t what = WORK_START;
        p->schedule->schedule_work(p->schedule->handle, sizeof what, &what);
    }
}

static void run(LV2_Handle handle, uint32_t frames) {
    struct plugin *p = handle;
    struct antiphon_shared *s = p->memory.shared;
    p->capacity = p->out->atom.size;
    p->out->atom.type = p->uris.sequence;
    p->out->atom.size = sizeof(LV2_Atom_Sequence_Body);
    p->out->body.unit = 0;
    p->out->body.pad = 0;
    p->last_frame = 0;
    bool freewheels = is_on(p->freewheel, false);
    p->rests = freewheels || !is_on(p->enabled, true);
    bool passes = is_on(p->thru, true) || !is_on(p->enabled, true);
    if (frames > 0 && s != NULL) {
        int64_t now = now_nanos();
        measure_period(p, frames);
        atomic_store_explicit(&s->state, (passes ? ANTIPHON_PASSES : 0) | (p->rests ? ANTIPHON_RESTS : 0),
                              memory_order_release);
        if (!freewheels) {
            clock_cycle(&p->clock, now, frames, frames >= p->period);
        }
        follow_program(p, now);
        if (p->releases) {
            release(p);
        }
    }
    p->place.from = 0;
    LV2_ATOM_SEQUENCE_FOREACH(p->in, event) {
        if (event->body.type == p->uris.object && event->body.size >= sizeof(LV2_Atom_Object_Body)) {
            int64_t at = event->time.frames < 0 ? 0 : event->time.frames;
            take_object(p, (const LV2_Atom_Object *)&event->body, at < frames ? (uint32_t)at : frames);
        }
    }
    if (frames > 0) {
        tell_span(p, frames);
        hear(p, frames, passes);
        if (s != NULL) {
            write_due(p, frames);
            atomic_store_explicit(&s->waiting, p->due.count, memory_order_release);
            ask_for_program(p, frames, freewheels);
        }
    }
    if (p->present != NULL) {
        *p->present = p->accepted != 0 ? 1.0f : 0.0f;
    }
    if (p->wakes) {
        ring(p);
    }
}

/* ------------------------------------------------------------------------------------------------ the host's */

static void connect_port(LV2_Handle handle, uint32_t port, void *data) {
    struct plugin *p = handle;
    switch (port) {
    case PORT_IN:
        p->in = data;
        break;
    case PORT_OUT:
        p->out = data;
        break;
    case PORT_ENABLED:
        p->enabled = data;
        break;
    case PORT_FREEWHEEL:
        p->freewheel = data;
        break;
    case PORT_THRU:
        p->thru = data;
        break;
    case PORT_START:
        p->start = data;
        break;
    case PORT_PRESENT:
        p->present = data;
        break;
    default:
        break;
    }
}

static void learn_uris(struct uris *u, const LV2_URID_Map *map) {
#define LEARN(uri) map->map(map->handle, uri)
    *u = (struct uris){
        .sequence = LEARN(LV2_ATOM__Sequence),
        .object = LEARN(LV2_ATOM__Object),
        .path = LEARN(LV2_ATOM__Path),
        .string = LEARN(LV2_ATOM__String),
        .urid = LEARN(LV2_ATOM__URID),
        .number_int = LEARN(LV2_ATOM__Int),
        .number_long = LEARN(LV2_ATOM__Long),
        .number_float = LEARN(LV2_ATOM__Float),
        .number_double = LEARN(LV2_ATOM__Double),
        .midi = LEARN(LV2_MIDI__MidiEvent),
        .position = LEARN(LV2_TIME__Position),
        .bar = LEARN(LV2_TIME__bar),
        .bar_beat = LEARN(LV2_TIME__barBeat),
        .beats_per_bar = LEARN(LV2_TIME__beatsPerBar),
        .beat_unit = LEARN(LV2_TIME__beatUnit),
        .bpm = LEARN(LV2_TIME__beatsPerMinute),
        .speed = LEARN(LV2_TIME__speed),
        .set = LEARN(LV2_PATCH__Set),
        .get = LEARN(LV2_PATCH__Get),
        .property = LEARN(LV2_PATCH__property),
        .value = LEARN(LV2_PATCH__value),
        .settings = LEARN(PLUGIN_URI "#settings"),
        .id = LEARN(PLUGIN_URI "#id"),
    };
#undef LEARN
}

/* A feature's data, or NULL. */
static void *feature(const LV2_Feature *const *features, const char *uri) {
    for (; features != NULL && *features != NULL; features++) {
        if (strcmp((*features)->URI, uri) == 0) {
            return (*features)->data;
        }
    }
    return NULL;
}

static void forget_program(struct plugin *p) {
    p->accepted = 0;
    p->in_tail = 0;
    p->in_base = 0;
    p->out_head = 0;
    p->releases = true;
    p->since_start = START_AGAIN_SECONDS;
    due_clear(&p->due);
}

static LV2_Handle instantiate(const LV2_Descriptor *descriptor, double rate, const char *bundle,
                              const LV2_Feature *const *features) {
    (void)descriptor;
    (void)bundle;
    const LV2_URID_Map *map = feature(features, LV2_URID__map);
    struct plugin *p = map == NULL || rate < 1 ? NULL : calloc(1, sizeof *p);
    if (p == NULL) {
        return NULL;
    }
    p->schedule = feature(features, LV2_WORKER__schedule);
    p->rate = rate;
    p->place = (struct place){.beats_per_bar = 4, .beat_unit = 4};
    learn_uris(&p->uris, map);
    pthread_mutex_init(&p->lock, NULL);
    clock_begin(&p->clock, rate);
    forget_program(p);
    char id[MEMORY_ID_BYTES];
    memory_new_id(id);
    memory_open(&p->memory, id, rate);
    return p;
}

/* What it had begun when the host stopped running it ends in the first cycle. */
static void activate(LV2_Handle handle) {
    struct plugin *p = handle;
    clock_begin(&p->clock, p->rate);
    p->place.known = false;
    p->place.speed = 0;
    p->releases = true;
    due_clear(&p->due);
}

static void cleanup(LV2_Handle handle) {
    struct plugin *p = handle;
    memory_close(&p->memory);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

/* ------------------------------------------------------------------------------------ worker and saved state */

static LV2_Worker_Status work(LV2_Handle handle, LV2_Worker_Respond_Function respond, LV2_Worker_Respond_Handle to,
                              uint32_t size, const void *data) {
    (void)respond;
    (void)to;
    struct plugin *p = handle;
    const struct work *work = data;
    if (size == 0 || p->memory.shared == NULL) {
        return LV2_WORKER_ERR_UNKNOWN;
    }
    char settings[SETTINGS_BYTES];
    pthread_mutex_lock(&p->lock);
    if (work->what == WORK_SETTINGS) {
        memcpy(p->settings, work->settings, size - 1);
    }
    memcpy(settings, p->settings, sizeof settings);
    pthread_mutex_unlock(&p->lock);
    if (work->what == WORK_START && !memory_start_program(&p->memory, settings)) {
        return LV2_WORKER_ERR_UNKNOWN;
    }
    return LV2_WORKER_SUCCESS;
}

static LV2_Worker_Status work_response(LV2_Handle handle, uint32_t size, const void *body) {
    (void)handle;
    (void)size;
    (void)body;
    return LV2_WORKER_SUCCESS;
}

static void free_path(const LV2_Feature *const *features, char *path) {
    LV2_State_Free_Path *freeing = feature(features, LV2_STATE__freePath);
    if (freeing != NULL) {
        freeing->free_path(freeing->handle, path);
    } else {
        free(path);
    }
}

static LV2_State_Status save(LV2_Handle handle, LV2_State_Store_Function store, LV2_State_Handle state, uint32_t flags,
                             const LV2_Feature *const *features) {
    (void)flags;
    struct plugin *p = handle;
    const LV2_State_Map_Path *paths = feature(features, LV2_STATE__mapPath);
    if (p->memory.shared != NULL) {
        store(state, p->uris.id, p->memory.id, strlen(p->memory.id) + 1, p->uris.string,
              LV2_STATE_IS_POD | LV2_STATE_IS_PORTABLE);
    }
    char settings[SETTINGS_BYTES];
    pthread_mutex_lock(&p->lock);
    memcpy(settings, p->settings, sizeof settings);
    pthread_mutex_unlock(&p->lock);
    char *mapped = settings[0] != 0 && paths != NULL ? paths->abstract_path(paths->handle, settings) : NULL;
    const char *path = mapped != NULL ? mapped : settings;
    if (settings[0] != 0) {
        store(state, p->uris.settings, path, strlen(path) + 1, p->uris.path, LV2_STATE_IS_POD | LV2_STATE_IS_PORTABLE);
    }
    if (mapped != NULL) {
        free_path(features, mapped);
    }
    return LV2_STATE_SUCCESS;
}

/* A text of the saved state, or NULL. */
static const char *text(LV2_State_Retrieve_Function retrieve, LV2_State_Handle state, LV2_URID key, LV2_URID wanted) {
    size_t size = 0;
    uint32_t type = 0, flags = 0;
    const char *found = retrieve(state, key, &size, &type, &flags);
    return found != NULL && type == wanted && size > 0 && found[size - 1] == 0 ? found : NULL;
}

/* The id of the saved session, so that the program that waits for it comes back; unless a copy of this session has it. */
static void take_id(struct plugin *p, const char *id) {
    if (!memory_is_id(id) || (p->memory.shared != NULL && strcmp(id, p->memory.id) == 0)) {
        return;
    }
    struct memory other;
    if (memory_open(&other, id, p->rate)) {
        memory_close(&p->memory);
        p->memory = other;
        forget_program(p);
    }
}

static LV2_State_Status restore(LV2_Handle handle, LV2_State_Retrieve_Function retrieve, LV2_State_Handle state,
                                uint32_t flags, const LV2_Feature *const *features) {
    (void)flags;
    struct plugin *p = handle;
    const LV2_State_Map_Path *paths = feature(features, LV2_STATE__mapPath);
    const char *id = text(retrieve, state, p->uris.id, p->uris.string);
    if (id != NULL) {
        take_id(p, id);
    }
    const char *saved = text(retrieve, state, p->uris.settings, p->uris.path);
    char *mapped = saved != NULL && paths != NULL ? paths->absolute_path(paths->handle, saved) : NULL;
    const char *settings = mapped != NULL ? mapped : saved != NULL ? saved : "";
    if (strlen(settings) < SETTINGS_BYTES) {
        pthread_mutex_lock(&p->lock);
        strcpy(p->settings, settings);
        strcpy(p->told.settings, settings);
        pthread_mutex_unlock(&p->lock);
    }
    if (mapped != NULL) {
        free_path(features, mapped);
    }
    return LV2_STATE_SUCCESS;
}

static const void *extension(const char *uri) {
    static const LV2_Worker_Interface worker = {work, work_response, NULL};
    static const LV2_State_Interface state = {save, restore};
    return strcmp(uri, LV2_WORKER__interface) == 0 ? (const void *)&worker
         : strcmp(uri, LV2_STATE__interface) == 0  ? (const void *)&state
                                                   : NULL;
}

LV2_SYMBOL_EXPORT const LV2_Descriptor *lv2_descriptor(uint32_t index) {
    static const LV2_Descriptor descriptor = {PLUGIN_URI, instantiate, connect_port, activate, run, NULL, cleanup, extension};
    return index == 0 ? &descriptor : NULL;
}
