/* What the plugin does outside of run: the shared file, its name and its lock, and the start of the program. */
#ifndef ANTIPHON_MEMORY_H
#define ANTIPHON_MEMORY_H

#include "shared.h"

#include <stdbool.h>

#define MEMORY_ID_BYTES 33

struct memory {
    struct antiphon_shared *shared;     /* NULL where it could not be made: then the plugin is silent */
    int file;
    char id[MEMORY_ID_BYTES];
    char path[256];
};

/* An id that nobody has. */
void memory_new_id(char id[MEMORY_ID_BYTES]);

/* True for what may be an id: 1 to 32 letters, digits, "-" or "_". */
bool memory_is_id(const char *id);

/*
 * Makes the file of an instance, and removes those that dead hosts left. False if another live instance has that id, or
 * there is no memory.
 */
bool memory_open(struct memory *memory, const char *id, double rate);

/* Removes the file. What maps it keeps it, and sees by the lock that we are gone. */
void memory_close(struct memory *memory);

/*
 * Starts the program for an instance; it outlives neither the instance nor the host. ANTIPHON_BIN names it, else it is
 * "antiphon" on the PATH. Returns when it has been told to start. False if it cannot be.
 *
 * settings: a file, or "" for its own
 */
bool memory_start_program(const struct memory *memory, const char *settings);

#endif
