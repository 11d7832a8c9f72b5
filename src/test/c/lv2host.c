/*
 * A small LV2 host for tests: loads the plugin, makes one instance, and runs it in cycles, by itself in real time, or by
 * hand with a clock that stands in between. Commands come by stdin, a line each; what leaves the plugin goes to stdout.
 *
 * lv2host PLUGIN.so real|hand [RATE [FRAMES]]
 *
 *   id ID             restores a saved state with this id
 *   settings PATH     restores a saved state with this settings file as well
 *   state             saves: "id ID" and "settings PATH"
 *   midi HEX [FRAME]  comes in in the next cycle
 *   at NANOS HEX      comes in in the cycle that is played then (real), at its frame
 *   place BAR BEAT PER_BAR UNIT QPM SPEED [FRAME]     the transport's place, in the next cycle
 *   port INDEX VALUE  sets a control
 *   set PATH          patch:Set of the settings, by the worker
 *   capacity BYTES    of the output
 *   frames N          of a cycle from now on
 *   skip NANOS        the clock by hand goes on, and no cycle is run
 *   late NANOS        each further cycle by hand is run so much later than its time
 *   run CYCLES        by hand
 *   active 0|1        deactivates and activates
 *   now               "now NANOS": when the next cycle by hand begins
 *   calls             "calls N": what run has called that it must not
 *   cheat             calls two such functions as if it were run
 *   quit
 *
 *   out NANOS FRAME HEX       a message left; the time is the frame's
 *   cycle N, present 0|1, name NAME, ready ID, ok
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <lv2/atom/atom.h>
#include <lv2/atom/forge.h>
#include <lv2/atom/util.h>
#include <lv2/core/lv2.h>
#include <lv2/midi/midi.h>
#include <lv2/patch/patch.h>
#include <lv2/state/state.h>
#include <lv2/time/time.h>
#include <lv2/urid/urid.h>
#include <lv2/worker/worker.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { IN, OUT, ENABLED, FREEWHEEL, THRU, START, PRESENT, PORTS };
#define BUFFER 131072
#define MESSAGES 4096

/* ---------------------------------------------- what run must not call: our own versions stand before the library's */

static __thread bool in_run;
static atomic_long forbidden;
static atomic_int by_hand;
static atomic_llong hand_nanos;

static void check(void) {
    if (in_run) {
        atomic_fetch_add(&forbidden, 1);
    }
}

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void __libc_free(void *);

void *malloc(size_t size) {
    check();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    check();
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    check();
    return __libc_realloc(old, size);
}

void free(void *old) {
    check();
    __libc_free(old);
}

static void *next(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

#define GUARD(type, name, parameters, arguments)                                                                       \
    type name parameters {                                                                                             \
        static type(*real) parameters;                                                                                 \
        check();                                                                                                       \
        if (real == NULL) {                                                                                            \
            *(void **)&real = next(#name);                                                                             \
        }                                                                                                              \
        return real arguments;                                                                                         \
    }

GUARD(int, pthread_mutex_lock, (pthread_mutex_t * m), (m))
GUARD(int, pthread_cond_wait, (pthread_cond_t * c, pthread_mutex_t *m), (c, m))
GUARD(ssize_t, write, (int f, const void *b, size_t n), (f, b, n))
GUARD(ssize_t, read, (int f, void *b, size_t n), (f, b, n))
GUARD(int, nanosleep, (const struct timespec *a, struct timespec *b), (a, b))
GUARD(int, close, (int f), (f))

/* Of all system calls by number only the one that wakes is allowed. */
long syscall(long number, ...) {
    __builtin_va_list list;
    __builtin_va_start(list, number);
    long a[6];
    for (int i = 0; i < 6; i++) {
        a[i] = __builtin_va_arg(list, long);
    }
    __builtin_va_end(list);
    static long (*real)(long, ...);
    if (real == NULL) {
        *(void **)&real = next("syscall");
    }
    if (number != SYS_futex || (a[1] & 0x7F) != 1) {
        check();
    }
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (real == NULL) {
        *(void **)&real = next("clock_gettime");
    }
    if (by_hand && in_run && clock == CLOCK_MONOTONIC) {
        *time = (struct timespec){hand_nanos / 1000000000, hand_nanos % 1000000000};
        return 0;
    }
    return real(clock, time);
}

/* --------------------------------------------------------------------------------------------------------- URIDs */

static char *uris[256];
static uint32_t uri_count;

static LV2_URID map_uri(LV2_URID_Map_Handle handle, const char *uri) {
    (void)handle;
    for (uint32_t i = 0; i < uri_count; i++) {
        if (strcmp(uris[i], uri) == 0) {
            return i + 1;
        }
    }
    uris[uri_count++] = strdup(uri);
    return uri_count;
}

static LV2_URID_Map map = {NULL, map_uri};

/* -------------------------------------------------------------------------------------------------------- plugin */

static const LV2_Descriptor *descriptor;
static LV2_Handle instance;
static float controls[PORTS] = {[ENABLED] = 1, [THRU] = 1};
static uint8_t in_buffer[BUFFER] __attribute__((aligned(8)));
static uint8_t out_buffer[BUFFER] __attribute__((aligned(8)));
static uint32_t capacity = 16384;
static double rate = 48000;
static uint32_t frames = 256;
static long long cycle;
static long long late_nanos;
static long long cycle_nanos;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static LV2_Atom_Forge forge;

/* What waits to come in; nanos 0: in the next cycle, at its frame. */
struct coming {
    long long nanos;
    uint32_t frame, size;
    bool is_atom;
    uint8_t *bytes;
};
static struct coming coming[MESSAGES];
static int coming_count;

/* The worker's one job at a time. */
static uint8_t job[4096];
static atomic_uint job_size;

static LV2_Worker_Status schedule(LV2_Worker_Schedule_Handle handle, uint32_t size, const void *data) {
    (void)handle;
    if (job_size != 0 || size > sizeof job) {
        return LV2_WORKER_ERR_NO_SPACE;
    }
    memcpy(job, data, size);
    job_size = size;
    return LV2_WORKER_SUCCESS;
}

static LV2_Worker_Status respond(LV2_Worker_Respond_Handle handle, uint32_t size, const void *data) {
    (void)handle;
    (void)size;
    (void)data;
    return LV2_WORKER_SUCCESS;
}

static void work_off(void) {
    if (job_size != 0) {
        const LV2_Worker_Interface *worker = descriptor->extension_data(LV2_WORKER__interface);
        LV2_Worker_Status status = worker->work(instance, respond, NULL, job_size, job);
        printf("worked %d\n", status);
        job_size = 0;
    }
}


/* Everything that comes in in this cycle, in order. */
static void fill_input(long long nanos) {
    static struct coming now[MESSAGES];
    int count = 0, left = 0;
    double per_frame = 1e9 / rate;
    for (int i = 0; i < coming_count; i++) {
        long long frame = coming[i].nanos == 0 ? coming[i].frame : (long long)((coming[i].nanos - nanos) / per_frame);
        if (frame < (long long)frames) {
            now[count] = coming[i];
            now[count++].frame = frame < 0 ? 0 : (uint32_t)frame;
        } else {
            coming[left++] = coming[i];
        }
    }
    coming_count = left;
    /* Stable: equal frames keep their order. */
    for (int i = 1; i < count; i++) {
        struct coming one = now[i];
        int at = i;
        for (; at > 0 && now[at - 1].frame > one.frame; at--) {
            now[at] = now[at - 1];
        }
        now[at] = one;
    }
    LV2_Atom_Sequence *sequence = (LV2_Atom_Sequence *)in_buffer;
    sequence->atom.type = map_uri(NULL, LV2_ATOM__Sequence);
    sequence->atom.size = sizeof(LV2_Atom_Sequence_Body);
    sequence->body = (LV2_Atom_Sequence_Body){0, 0};
    for (int i = 0; i < count; i++) {
        LV2_Atom_Event *event = (LV2_Atom_Event *)(in_buffer + sizeof(LV2_Atom) + sequence->atom.size);
        event->time.frames = now[i].frame;
        if (now[i].is_atom) {
            memcpy(&event->body, now[i].bytes, now[i].size);
        } else {
            event->body.type = map_uri(NULL, LV2_MIDI__MidiEvent);
            event->body.size = now[i].size;
            memcpy(event + 1, now[i].bytes, now[i].size);
        }
        sequence->atom.size += lv2_atom_pad_size(sizeof(LV2_Atom_Event) + event->body.size);
        __libc_free(now[i].bytes);
    }
}

static void print_output(long long nanos) {
    const LV2_Atom_Sequence *sequence = (const LV2_Atom_Sequence *)out_buffer;
    int64_t last = 0;
    LV2_ATOM_SEQUENCE_FOREACH(sequence, event) {
        if (event->time.frames < last || event->time.frames >= frames) {
            printf("wrong frame %lld after %lld\n", (long long)event->time.frames, (long long)last);
        }
        last = event->time.frames;
        printf("%s %lld %lld ", event->body.type == map_uri(NULL, LV2_MIDI__MidiEvent) ? "out" : "object",
               nanos + (long long)(event->time.frames * 1e9 / rate), cycle * (long long)frames + last);
        for (uint32_t i = 0; i < event->body.size; i++) {
            printf("%02x", ((const uint8_t *)(event + 1))[i]);
        }
        printf("\n");
    }
}

static void run_cycle(long long nanos) {
    fill_input(nanos);
    LV2_Atom_Sequence *out = (LV2_Atom_Sequence *)out_buffer;
    out->atom.type = 0;
    out->atom.size = capacity;
    memset(out_buffer + sizeof(LV2_Atom), 0xA5, capacity);
    in_run = true;
    descriptor->run(instance, frames);
    in_run = false;
    if (out->atom.size > capacity) {
        printf("wrong size %u\n", out->atom.size);
    }
    print_output(nanos);
    static float present = -1;
    if (controls[PRESENT] != present) {
        present = controls[PRESENT];
        printf("present %d\n", present > 0.5f);
    }
    cycle++;
}

/* -------------------------------------------------------------------------------------------------------- state */

static char saved_id[64], saved_settings[1024];

static LV2_State_Status store(LV2_State_Handle handle, uint32_t key, const void *value, size_t size, uint32_t type,
                              uint32_t flags) {
    (void)handle;
    (void)type;
    (void)flags;
    (void)size;
    printf("saved %s %s\n", strrchr(uris[key - 1], '#') + 1, (const char *)value);
    return LV2_STATE_SUCCESS;
}

static const void *retrieve(LV2_State_Handle handle, uint32_t key, size_t *size, uint32_t *type, uint32_t *flags) {
    (void)handle;
    bool is_id = strstr(uris[key - 1], "#id") != NULL;
    const char *value = is_id ? saved_id : saved_settings;
    *size = strlen(value) + 1;
    *type = map_uri(NULL, is_id ? LV2_ATOM__String : LV2_ATOM__Path);
    *flags = LV2_STATE_IS_POD;
    return *size == 1 ? NULL : value;
}

static void restore(void) {
    const LV2_State_Interface *state = descriptor->extension_data(LV2_STATE__interface);
    state->restore(instance, retrieve, NULL, 0, NULL);
}

/* ----------------------------------------------------------------------------------------------------- commands */

static void come(long long nanos, uint32_t frame, const uint8_t *bytes, uint32_t size, bool is_atom) {
    if (coming_count < MESSAGES) {
        coming[coming_count] = (struct coming){nanos, frame, size, is_atom, __libc_malloc(size)};
        memcpy(coming[coming_count++].bytes, bytes, size);
    }
}

static uint32_t parse(const char *hex, uint8_t *bytes) {
    uint32_t size = 0;
    for (unsigned value; sscanf(hex + 2 * size, "%2x", &value) == 1; size++) {
        bytes[size] = (uint8_t)value;
    }
    return size;
}

static void place(const char *rest) {
    double bar, beat, per_bar, unit, qpm, speed;
    int frame = 0;
    sscanf(rest, "%lf %lf %lf %lf %lf %lf %d", &bar, &beat, &per_bar, &unit, &qpm, &speed, &frame);
    uint8_t buffer[512];
    LV2_Atom_Forge_Frame object;
    lv2_atom_forge_set_buffer(&forge, buffer, sizeof buffer);
    lv2_atom_forge_object(&forge, &object, 0, map_uri(NULL, LV2_TIME__Position));
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_TIME__bar));
    lv2_atom_forge_long(&forge, (int64_t)bar);
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_TIME__barBeat));
    lv2_atom_forge_float(&forge, (float)beat);
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_TIME__beatsPerBar));
    lv2_atom_forge_float(&forge, (float)per_bar);
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_TIME__beatUnit));
    lv2_atom_forge_int(&forge, (int)unit);
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_TIME__beatsPerMinute));
    lv2_atom_forge_float(&forge, (float)qpm);
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_TIME__speed));
    lv2_atom_forge_float(&forge, (float)speed);
    lv2_atom_forge_pop(&forge, &object);
    come(0, (uint32_t)frame, buffer, (uint32_t)sizeof(LV2_Atom) + ((LV2_Atom *)buffer)->size, true);
}

static void set_settings(const char *path) {
    uint8_t buffer[2048];
    LV2_Atom_Forge_Frame object;
    lv2_atom_forge_set_buffer(&forge, buffer, sizeof buffer);
    lv2_atom_forge_object(&forge, &object, 0, map_uri(NULL, LV2_PATCH__Set));
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_PATCH__property));
    lv2_atom_forge_urid(&forge, map_uri(NULL, "https://antiphon.example/lv2#settings"));
    lv2_atom_forge_key(&forge, map_uri(NULL, LV2_PATCH__value));
    lv2_atom_forge_path(&forge, path, (uint32_t)strlen(path) + 1);
    lv2_atom_forge_pop(&forge, &object);
    come(0, 0, buffer, (uint32_t)sizeof(LV2_Atom) + ((LV2_Atom *)buffer)->size, true);
}

static bool obey(char *line) {
    static uint8_t bytes[BUFFER];
    static char hex[BUFFER];
    long long number = 0;
    int index = 0;
    float value = 0;
    line[strcspn(line, "\n")] = 0;
    if (sscanf(line, "midi %131071s %lld", hex, &number) >= 1) {
        come(0, (uint32_t)number, bytes, parse(hex, bytes), false);
    } else if (sscanf(line, "at %lld %131071s", &number, hex) == 2) {
        come(number, 0, bytes, parse(hex, bytes), false);
    } else if (strncmp(line, "place ", 6) == 0) {
        place(line + 6);
    } else if (sscanf(line, "port %d %f", &index, &value) == 2 && index >= 0 && index < PORTS) {
        controls[index] = value;
    } else if (sscanf(line, "id %63s", saved_id) == 1) {
        restore();
    } else if (sscanf(line, "settings %1023[^\n]", saved_settings) == 1) {
        restore();
    } else if (strcmp(line, "state") == 0) {
        const LV2_State_Interface *state = descriptor->extension_data(LV2_STATE__interface);
        state->save(instance, store, NULL, LV2_STATE_IS_POD, NULL);
    } else if (strncmp(line, "set ", 4) == 0) {
        set_settings(line + 4);
    } else if (sscanf(line, "capacity %lld", &number) == 1) {
        capacity = (uint32_t)number;
    } else if (sscanf(line, "frames %lld", &number) == 1) {
        frames = (uint32_t)number;
    } else if (sscanf(line, "skip %lld", &number) == 1) {
        cycle_nanos += number;
    } else if (sscanf(line, "late %lld", &number) == 1) {
        late_nanos = number;
    } else if (sscanf(line, "run %lld", &number) == 1) {
        for (long long i = 0; i < number; i++) {
            hand_nanos = cycle_nanos + late_nanos;
            run_cycle(cycle_nanos);
            cycle_nanos += (long long)(frames * 1e9 / rate);
            work_off();
        }
    } else if (sscanf(line, "active %d", &index) == 1) {
        if (index != 0) {
            descriptor->activate(instance);
        } else if (descriptor->deactivate != NULL) {
            descriptor->deactivate(instance);
        }
    } else if (strcmp(line, "calls") == 0) {
        printf("calls %ld\n", (long)forbidden);
    } else if (strcmp(line, "cheat") == 0) {
        in_run = true;
        char *volatile some = malloc(10);
        nanosleep(&(struct timespec){0, 1}, NULL);
        in_run = false;
        __libc_free(some);
    } else if (strcmp(line, "now") == 0) {
        printf("now %lld\n", cycle_nanos);
    } else if (strcmp(line, "quit") == 0) {
        return false;
    } else {
        printf("unknown %s\n", line);
    }
    return true;
}

static void *real_time(void *nothing) {
    (void)nothing;
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    long long start = begin.tv_sec * 1000000000ll + begin.tv_nsec;
    for (double played = 0;; played += frames * 1e9 / rate) {
        long long due = start + (long long)played;
        struct timespec until = {due / 1000000000, due % 1000000000};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
        }
        pthread_mutex_lock(&lock);
        run_cycle(due);
        fflush(stdout);
        work_off();
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "lv2host PLUGIN.so real|hand [RATE [FRAMES]]\n");
        return 2;
    }
    bool real = strcmp(arguments[2], "real") == 0;
    rate = count > 3 ? atof(arguments[3]) : rate;
    frames = count > 4 ? (uint32_t)atoi(arguments[4]) : frames;
    by_hand = !real;
    void *library = dlopen(arguments[1], RTLD_NOW);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    LV2_Descriptor_Function describe;
    *(void **)&describe = dlsym(library, "lv2_descriptor");
    descriptor = describe(0);
    lv2_atom_forge_init(&forge, &map);
    LV2_Worker_Schedule scheduling = {NULL, schedule};
    LV2_Feature features[] = {{LV2_URID__map, &map}, {LV2_WORKER__schedule, &scheduling}};
    const LV2_Feature *const given[] = {&features[0], &features[1], NULL};
    instance = descriptor->instantiate(descriptor, rate, "/", given);
    if (instance == NULL) {
        fprintf(stderr, "no instance\n");
        return 1;
    }
    for (int i = 0; i < PORTS; i++) {
        descriptor->connect_port(instance, (uint32_t)i, i == IN ? (void *)in_buffer : i == OUT ? (void *)out_buffer
                                                                                         : (void *)&controls[i]);
    }
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    cycle_nanos = begin.tv_sec * 1000000000ll + begin.tv_nsec;
    descriptor->activate(instance);
    printf("ok\n");
    fflush(stdout);
    static char line[BUFFER];
    bool running = false;
    while (fgets(line, sizeof line, stdin) != NULL) {
        /* A saved session's id is restored before the first cycle. */
        if (real && !running && strcmp(line, "go\n") == 0) {
            pthread_t thread;
            pthread_create(&thread, NULL, real_time, NULL);
            running = true;
            continue;
        }
        pthread_mutex_lock(&lock);
        bool goes_on = obey(line);
        printf("ok\n");
        fflush(stdout);
        if (!goes_on) {
            break;
        }
        pthread_mutex_unlock(&lock);
    }
    if (running) {
        pthread_mutex_trylock(&lock);
    }
    descriptor->cleanup(instance);
    printf("bye\n");
    fflush(stdout);
    _exit(0);
}
