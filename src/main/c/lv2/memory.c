#define _GNU_SOURCE
#include "memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A file that is being made: not yet locked, and none of ours to remove. */
static const char NEW[] = ".new-";

/* What the program that is started says, behind the name of the shared file: no id has a dot. */
static const char LOG[] = ".log";

/* Ours alone: whoever could write there could make us play, or the host crash. */
static bool folder(char *path, size_t size) {
    const char *set = getenv("ANTIPHON_LV2_DIR");
    int length = set != NULL && *set != 0 ? snprintf(path, size, "%s", set)
                                          : snprintf(path, size, "/dev/shm/antiphon-%u", (unsigned)getuid());
    if (length < 0 || (size_t)length >= size || (mkdir(path, 0700) != 0 && errno != EEXIST)) {
        return false;
    }
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == getuid()
        && (status.st_mode & 022) == 0;
}

/* The lock is the open file's, not the process's: two instances in one host keep each other out, and the kernel frees it
 * however the host ends. */
static bool lock(int file) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(file, F_OFD_SETLK, &whole) == 0;
}

static bool is_locked(const char *path) {
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) {
        return false;
    }
    bool locked = !lock(file);
    close(file);
    return locked;
}

void memory_new_id(char id[MEMORY_ID_BYTES]) {
    unsigned char random[6] = {0};
    if (getrandom(random, sizeof random, 0) != sizeof random) {
        snprintf((char *)random, sizeof random, "%u", (unsigned)getpid());
    }
    for (size_t i = 0; i < sizeof random; i++) {
        snprintf(id + 2 * i, 3, "%02x", random[i]);
    }
}

bool memory_is_id(const char *id) {
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    return length > 0 && length < MEMORY_ID_BYTES && id[length] == 0;
}

/* Files, and what the programs of dead instances have said. */
static void remove_dead(const char *where) {
    DIR *entries = opendir(where);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        char path[256 + 256];
        char id[256];
        snprintf(id, sizeof id, "%s", entry->d_name);
        char *dot = strrchr(id, '.');
        bool is_log = dot != NULL && strcmp(dot, LOG) == 0;
        if (is_log) {
            *dot = 0;
        }
        snprintf(path, sizeof path, "%s/%s", where, id);
        if (memory_is_id(id) && !is_locked(path)) {
            snprintf(path, sizeof path, "%s/%s", where, entry->d_name);
            unlink(path);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

static void name_host(char *name, size_t size) {
    FILE *file = fopen("/proc/self/comm", "re");
    if (file == NULL || fgets(name, (int)size, file) == NULL) {
        snprintf(name, size, "host");
    }
    if (file != NULL) {
        fclose(file);
    }
    name[strcspn(name, "\n")] = 0;
}

static bool map(struct memory *memory, double rate) {
    /* With room: a page that the system cannot give later would end the host. */
    if (posix_fallocate(memory->file, 0, sizeof(struct antiphon_shared)) != 0) {
        return false;
    }
    void *address = mmap(NULL, sizeof(struct antiphon_shared), PROT_READ | PROT_WRITE, MAP_SHARED, memory->file, 0);
    if (address == MAP_FAILED) {
        return false;
    }
    memory->shared = address;
    memset(address, 0, sizeof(struct antiphon_shared));
    memory->shared->version = ANTIPHON_VERSION;
    memory->shared->rate = (uint32_t)rate;
    name_host(memory->shared->host, sizeof memory->shared->host);
    atomic_thread_fence(memory_order_release);
    memory->shared->magic = ANTIPHON_MAGIC;
    return true;
}

bool memory_open(struct memory *memory, const char *id, double rate) {
    char where[128];
    char made[256];
    *memory = (struct memory){.file = -1};
    if (!folder(where, sizeof where)) {
        return false;
    }
    remove_dead(where);
    snprintf(memory->id, sizeof memory->id, "%s", id);
    snprintf(memory->path, sizeof memory->path, "%s/%s", where, id);
    snprintf(made, sizeof made, "%s/%s%s", where, NEW, id);
    memory->file = open(made, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    /* Nobody sees it by its name before it is locked; and no name that a live one has is taken. */
    if (memory->file >= 0 && lock(memory->file) && map(memory, rate) && !is_locked(memory->path)
        && rename(made, memory->path) == 0) {
        return true;
    }
    if (memory->file >= 0) {
        unlink(made);
    }
    memory->path[0] = 0;
    memory_close(memory);
    return false;
}

void memory_close(struct memory *memory) {
    if (memory->path[0] != 0) {
        unlink(memory->path);
        memory->path[0] = 0;
    }
    if (memory->shared != NULL) {
        munmap(memory->shared, sizeof(struct antiphon_shared));
        memory->shared = NULL;
    }
    if (memory->file >= 0) {
        close(memory->file);
        memory->file = -1;
    }
}

/* In the background of a shell that ends at once: the host gets no child that it does not know, and none to wait for. */
static const char SCRIPT[] =
    "log=$1; shift; { command -v \"$0\" >/dev/null || exit 127; } && \"$0\" \"$@\" </dev/null >\"$log\" 2>&1 &";

bool memory_start_program(const struct memory *memory, const char *settings) {
    const char *set = getenv("ANTIPHON_BIN");
    const char *program = set != NULL && *set != 0 ? set : "antiphon";
    char log[sizeof memory->path + sizeof LOG];
    snprintf(log, sizeof log, "%s%s", memory->path, LOG);
    const char *plain[] = {"/bin/sh", "-c", SCRIPT, program, log, "run", "--lv2", memory->id, NULL};
    const char *with[] = {"/bin/sh", "-c", SCRIPT, program, log, "run", "--lv2", memory->id, "-c", settings, NULL};

    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t files;
    sigset_t signals;
    pid_t shell;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&files);
    /* Of its own: what ends the host's terminal does not end it, and what the host blocks it does not. */
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigaddset(&signals, SIGPIPE);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
#if __GLIBC_PREREQ(2, 34)
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
#endif
    const char *const *arguments = settings[0] == 0 ? plain : with;
    bool started = posix_spawn(&shell, "/bin/sh", &files, &attributes, (char *const *)arguments, environ) == 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    while (started && waitpid(shell, &status, 0) < 0 && errno == EINTR) {
    }
    return started && status == 0;
}
