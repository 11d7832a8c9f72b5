/*
 * The independent witness of `antiphon bench`: a JACK client in C that shares no line with the program it measures.
 *
 *   probe play SCHEDULE RECORD TO FROM ECHO_TO ECHO_FROM    plays a schedule to two clients, records what both return
 *   probe echo NAME                                         the baseline: a JACK client that only copies
 *   probe sleep COUNT GAP_MICROS PRIORITY                   how late the machine wakes a thread, as cyclictest does
 *   probe spin                                              a busy neighbour
 *
 * All times are frames of JACK's own clock. The schedule is made before the run and a message counts from the frame
 * that it was scheduled for, so a stall of the machine is seen by every message that fell into it (no coordinated
 * omission). `play` sends the same messages at the same frames to the program and to `echo`: both see the same machine
 * at the same moment. Callbacks neither allocate, lock nor print; all memory is touched before the first cycle.
 *
 * SCHEDULE: one line per message, `FRAME HEX`, FRAME counted from the start, HEX three bytes, as in 904064.
 * RECORD: see write_record.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <jack/jack.h>
#include <jack/midiport.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE_BYTES 3
/* From the first cycle to the first message, and from the last message to the end of listening. */
#define LEAD_FRAMES 24000
#define TAIL_FRAMES 72000
#define RING 8192
/* Below JACK's own threads (59 and 55 by default), above everything that is not real-time. */
#define WORKER_PRIORITY 50
#define ANSWER_CHANNEL 1

typedef struct { int64_t frame; uint32_t message; } Heard;
typedef struct { int64_t due, sent; uint32_t message; } Sent;
typedef struct { Heard *all; size_t count, room; } Log;

static jack_client_t *client;
static jack_port_t *out_port, *in_port, *echo_port;
static Sent *schedule;
static size_t scheduled, next_due;
static Log heard, echoed, jumps;
static int64_t cycle_frame;
static int begun;
static jack_nframes_t last_cycle;
static jack_time_t last_micros;
static int64_t cycles, late_cycles, longest_micros;
static size_t unsent, overflowed, odd;
static atomic_int running, done, xruns;

static void fail(const char *what, const char *reason) {
    fprintf(stderr, "probe: %s: %s\n", what, reason);
    exit(1);
}

static void *room_for(size_t count, size_t size) {
    void *room = malloc(count * size);
    if (!room) fail("memory", "none left");
    memset(room, 1, count * size);
    return room;
}

static void append(Log *log, int64_t frame, uint32_t message) {
    if (log->count < log->room) {
        log->all[log->count++] = (Heard){frame, message};
    } else {
        overflowed++;
    }
}

static uint32_t packed(const jack_midi_data_t *bytes) {
    return (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
}

static int write_message(void *buffer, jack_nframes_t frame, uint32_t message) {
    jack_midi_data_t *to = jack_midi_event_reserve(buffer, frame, MESSAGE_BYTES);
    if (!to) return 0;
    to[0] = (jack_midi_data_t)(message >> 16);
    to[1] = (jack_midi_data_t)(message >> 8);
    to[2] = (jack_midi_data_t)message;
    return 1;
}

static void listen_to(jack_port_t *port, Log *log, jack_nframes_t frames) {
    void *buffer = jack_port_get_buffer(port, frames);
    uint32_t count = jack_midi_get_event_count(buffer);
    for (uint32_t i = 0; i < count; i++) {
        jack_midi_event_t event;
        if (jack_midi_event_get(&event, buffer, i) == 0 && event.size == MESSAGE_BYTES) {
            append(log, cycle_frame + event.time, packed(event.buffer));
        } else {
            odd++;
        }
    }
}

/* JACK's frame clock jumps after an xrun; how far, is what tells an xrun's victims from our own lateness. */
static void follow_clock(jack_nframes_t frames) {
    jack_nframes_t now = jack_last_frame_time(client);
    int64_t passed = (int32_t)(now - last_cycle);
    if (passed != (int64_t)frames) append(&jumps, cycle_frame + frames, (uint32_t)(passed - (int64_t)frames));
    cycle_frame += passed;
    last_cycle = now;
    /* A stall that JACK's clock hides: where the server waits for its clients, frames stand still while they do. */
    jack_time_t micros = jack_get_time();
    int64_t gap = last_micros == 0 ? 0 : (int64_t)(micros - last_micros);
    last_micros = micros;
    cycles++;
    late_cycles += gap * jack_get_sample_rate(client) > 1500000 * (int64_t)frames;
    if (gap > longest_micros) longest_micros = gap;
}

static int play_cycle(jack_nframes_t frames, void *unused) {
    (void)unused;
    void *buffer = jack_port_get_buffer(out_port, frames);
    jack_midi_clear_buffer(buffer);
    if (!atomic_load(&running) || atomic_load(&done)) return 0;
    if (!begun) {
        /* From this cycle alone: on a server that has run for long there may be none before it, and 0 is long ago. */
        begun = 1;
        last_cycle = jack_last_frame_time(client) - frames;
        cycle_frame = -LEAD_FRAMES - (int64_t)frames;
    }
    follow_clock(frames);
    listen_to(in_port, &heard, frames);
    listen_to(echo_port, &echoed, frames);
    while (next_due < scheduled && schedule[next_due].due < cycle_frame + (int64_t)frames) {
        Sent *each = &schedule[next_due];
        int64_t frame = each->due < cycle_frame ? 0 : each->due - cycle_frame;
        if (!write_message(buffer, (jack_nframes_t)frame, each->message)) {
            unsent++;
            break;
        }
        each->sent = cycle_frame + frame;
        next_due++;
    }
    if (next_due == scheduled && cycle_frame > schedule[scheduled - 1].due + TAIL_FRAMES) atomic_store(&done, 1);
    return 0;
}

static int count_xrun(void *unused) {
    (void)unused;
    if (atomic_load(&running) && !atomic_load(&done)) atomic_fetch_add(&xruns, 1);
    return 0;
}

static void server_gone(void *unused) {
    (void)unused;
    static const char text[] = "probe: the JACK server has gone\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    _exit(3);
}

static void join_jack(const char *name, JackProcessCallback process) {
    jack_status_t status;
    client = jack_client_open(name, JackNoStartServer | JackUseExactName, &status);
    if (!client) fail(name, "no JACK server answers, or the name is taken");
    jack_set_process_callback(client, process, NULL);
    jack_set_xrun_callback(client, count_xrun, NULL);
    jack_on_shutdown(client, server_gone, NULL);
}

static jack_port_t *port(const char *name, unsigned long flags) {
    jack_port_t *made = jack_port_register(client, name, JACK_DEFAULT_MIDI_TYPE, flags, 0);
    if (!made) fail(name, "cannot make the port");
    return made;
}

static void connect_ports(const char *from, const char *to) {
    int result = jack_connect(client, from, to);
    if (result != 0 && result != EEXIST) {
        fprintf(stderr, "probe: cannot connect %s to %s\n", from, to);
        exit(1);
    }
}

static void read_schedule(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path, strerror(errno));
    size_t room = 0;
    for (int c = getc(file); c != EOF; c = getc(file)) room += c == '\n';
    rewind(file);
    schedule = room_for(room + 1, sizeof *schedule);
    while (scheduled < room
           && fscanf(file, "%" SCNd64 " %" SCNx32, &schedule[scheduled].due, &schedule[scheduled].message) == 2) {
        schedule[scheduled++].sent = -1;
    }
    fclose(file);
    if (scheduled == 0) fail(path, "no message in it");
}

static void write_log(FILE *file, char kind, const Log *log) {
    for (size_t i = 0; i < log->count; i++)
        fprintf(file, "%c %" PRId64 " %06" PRIx32 "\n", kind, log->all[i].frame, log->all[i].message);
}

/* Lines `rate N`, `period N`, `xruns N`, `unsent N`, `overflow N`, `odd N`, `cycles N`, `late_cycles N`
 * (begun more than half a period late), `longest_micros N` (from one cycle to the next), then `s DUE SENT HEX` for each message of
 * the schedule in order, `a FRAME HEX` for each that came from the program, `e FRAME HEX` for each from the baseline,
 * `j FRAME FRAMES` for each jump of JACK's clock. */
static void write_record(const char *path) {
    FILE *file = fopen(path, "w");
    if (!file) fail(path, strerror(errno));
    fprintf(file, "rate %u\nperiod %u\nxruns %d\nunsent %zu\noverflow %zu\nodd %zu\n", jack_get_sample_rate(client),
            jack_get_buffer_size(client), atomic_load(&xruns), unsent, overflowed, odd);
    fprintf(file, "cycles %" PRId64 "\nlate_cycles %" PRId64 "\nlongest_micros %" PRId64 "\n", cycles, late_cycles,
            longest_micros);
    for (size_t i = 0; i < scheduled; i++)
        fprintf(file, "s %" PRId64 " %" PRId64 " %06" PRIx32 "\n", schedule[i].due, schedule[i].sent,
                schedule[i].message);
    write_log(file, 'a', &heard);
    write_log(file, 'e', &echoed);
    for (size_t i = 0; i < jumps.count; i++)
        fprintf(file, "j %" PRId64 " %" PRId32 "\n", jumps.all[i].frame, (int32_t)jumps.all[i].message);
    if (fclose(file) != 0) fail(path, strerror(errno));
}

static Log log_for(size_t room) {
    return (Log){room_for(room, sizeof(Heard)), 0, room};
}

static int play(char **names) {
    read_schedule(names[0]);
    heard = log_for(4 * scheduled + 65536);
    echoed = log_for(4 * scheduled + 65536);
    jumps = log_for(65536);
    mlockall(MCL_CURRENT);
    join_jack("antiphon-probe", play_cycle);
    out_port = port("out", JackPortIsOutput);
    in_port = port("in", JackPortIsInput);
    echo_port = port("echo", JackPortIsInput);
    if (jack_activate(client) != 0) fail("jack", "refuses to run us");
    connect_ports(jack_port_name(out_port), names[2]);
    connect_ports(names[3], jack_port_name(in_port));
    connect_ports(jack_port_name(out_port), names[4]);
    connect_ports(names[5], jack_port_name(echo_port));
    atomic_store(&running, 1);
    /* Cold: the callback must not pay for waking us. */
    while (!atomic_load(&done)) usleep(50000);
    jack_deactivate(client);
    write_record(names[1]);
    jack_client_close(client);
    return 0;
}

/* One writer, one reader. */
typedef struct { uint32_t message[RING]; atomic_uint head, tail; } Ring;

static Ring to_worker, from_worker;
static sem_t work;

static void push(Ring *ring, uint32_t message) {
    unsigned tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    if (tail - atomic_load_explicit(&ring->head, memory_order_acquire) < RING) {
        ring->message[tail % RING] = message;
        atomic_store_explicit(&ring->tail, tail + 1, memory_order_release);
    }
}

static int pop(Ring *ring, uint32_t *message) {
    unsigned head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    if (head == atomic_load_explicit(&ring->tail, memory_order_acquire)) return 0;
    *message = ring->message[head % RING];
    atomic_store_explicit(&ring->head, head + 1, memory_order_release);
    return 1;
}

/* The machine's own way from a note to an answer by a second thread, whose thinking takes no time. */
static void *answer(void *unused) {
    uint32_t message;
    while (sem_wait(&work) == 0 || errno == EINTR)
        while (pop(&to_worker, &message)) push(&from_worker, (message & 0xF0FFFF) | ANSWER_CHANNEL << 16);
    return unused;
}

static int echo_cycle(jack_nframes_t frames, void *unused) {
    (void)unused;
    void *in = jack_port_get_buffer(in_port, frames), *out = jack_port_get_buffer(out_port, frames);
    uint32_t count = jack_midi_get_event_count(in), message;
    jack_midi_clear_buffer(out);
    while (pop(&from_worker, &message)) write_message(out, 0, message);
    for (uint32_t i = 0; i < count; i++) {
        jack_midi_event_t event;
        if (jack_midi_event_get(&event, in, i) == 0 && event.size == MESSAGE_BYTES) {
            write_message(out, event.time, packed(event.buffer));
            push(&to_worker, packed(event.buffer));
            sem_post(&work);
        }
    }
    return 0;
}

/* Returns whether the thread to come may have the priority; 0 asks for none. */
static int prefer(pthread_attr_t *attributes, int priority) {
    struct sched_param wanted = {.sched_priority = priority};
    pthread_attr_init(attributes);
    if (priority == 0) return 1;
    pthread_attr_setinheritsched(attributes, PTHREAD_EXPLICIT_SCHED);
    pthread_attr_setschedpolicy(attributes, SCHED_FIFO);
    return pthread_attr_setschedparam(attributes, &wanted) == 0;
}

static int start(void *(*body)(void *), int priority) {
    pthread_t thread;
    pthread_attr_t attributes;
    if (prefer(&attributes, priority) && pthread_create(&thread, &attributes, body, NULL) == 0) {
        if (body != answer) pthread_join(thread, NULL);
        return 1;
    }
    return 0;
}

static int echo(const char *name) {
    sem_init(&work, 0, 0);
    int first = start(answer, WORKER_PRIORITY);
    if (!first && !start(answer, 0)) fail("echo", "no thread to be had");
    mlockall(MCL_CURRENT);
    join_jack(name, echo_cycle);
    in_port = port("in", JackPortIsInput);
    out_port = port("out", JackPortIsOutput);
    if (jack_activate(client) != 0) fail("jack", "refuses to run us");
    printf("ready %s\n", first ? "real-time" : "ordinary");
    fflush(stdout);
    /* Until whoever started us closes our input. */
    while (getchar() != EOF) {}
    jack_client_close(client);
    return 0;
}

static long sleeps, gap_nanos, *late_nanos;

static void *sleep_and_wake(void *unused) {
    struct timespec due, now;
    clock_gettime(CLOCK_MONOTONIC, &due);
    for (long i = 0; i < sleeps; i++) {
        due.tv_nsec += gap_nanos;
        due.tv_sec += due.tv_nsec / 1000000000;
        due.tv_nsec %= 1000000000;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
        clock_gettime(CLOCK_MONOTONIC, &now);
        late_nanos[i] = (now.tv_sec - due.tv_sec) * 1000000000 + now.tv_nsec - due.tv_nsec;
    }
    return unused;
}

static int sleeper(char **numbers) {
    sleeps = atol(numbers[0]);
    gap_nanos = atol(numbers[1]) * 1000;
    late_nanos = room_for((size_t)sleeps + 1, sizeof *late_nanos);
    if (!start(sleep_and_wake, atoi(numbers[2]))) return 4;
    for (long i = 0; i < sleeps; i++) printf("%ld\n", late_nanos[i]);
    return 0;
}

int main(int count, char **words) {
    const char *mode = count > 1 ? words[1] : "";
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (strcmp(mode, "play") == 0 && count == 8) return play(words + 2);
    if (strcmp(mode, "echo") == 0 && count == 3) return echo(words[2]);
    if (strcmp(mode, "sleep") == 0 && count == 5) return sleeper(words + 2);
    for (volatile unsigned turns = 0; strcmp(mode, "spin") == 0;) turns++;
    fail("usage", "play SCHEDULE RECORD TO FROM ECHO_TO ECHO_FROM | echo NAME | sleep COUNT GAP PRIORITY | spin");
}
