#include "tests/support/failing_allocations.h"

#include "tests/support/cmocka_tests.h"

#include <errno.h>
#include <execinfo.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *memory);
int __real_posix_memalign(void **memory, size_t alignment, size_t size);
char *__real_strdup(const char *text);
ssize_t __real_getline(char **line, size_t *capacity, FILE *file);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *memory);
int __wrap_posix_memalign(void **memory, size_t alignment, size_t size);
char *__wrap_strdup(const char *text);
ssize_t __wrap_getline(char **line, size_t *capacity, FILE *file);

/* A set of the addresses that are allocated: those of others, such as HDF5's, are freed here too. */
typedef struct node {
    void *memory;
    struct node *next;
} node;
enum { BUCKETS = 4096, FRAMES = 24 };
static node *buckets[BUCKETS];
static int64_t counted, fail_at, alive;
static bool failed;
static void *frames[FRAMES]; /* of the call that failed */
static int depth;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static node **bucket_of(const void *memory)
{
    return &buckets[((uintptr_t)memory >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 52];
}

/* Whether this one is to fail. */
static bool fails(void)
{
    pthread_mutex_lock(&mutex);
    const bool now = fail_at > 0 && ++counted == fail_at;
    if (now) {
        failed = true;
        depth = backtrace(frames, FRAMES);
    }
    pthread_mutex_unlock(&mutex);
    if (now)
        errno = ENOMEM;
    return now;
}

static void *note(void *memory)
{
    if (!memory)
        return NULL;
    node *n = __real_malloc(sizeof *n);
    pthread_mutex_lock(&mutex);
    *n = (node){memory, *bucket_of(memory)};
    *bucket_of(memory) = n;
    alive++;
    pthread_mutex_unlock(&mutex);
    return memory;
}

static void forget(const void *memory)
{
    node *found = NULL;
    pthread_mutex_lock(&mutex);
    for (node **at = bucket_of(memory); *at && !found; at = &(*at)->next)
        if ((*at)->memory == memory) {
            found = *at;
            *at = found->next;
            alive--;
            break;
        }
    pthread_mutex_unlock(&mutex);
    __real_free(found);
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : note(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : note(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (fails())
        return NULL;
    if (old)
        forget(old);
    return note(__real_realloc(old, size));
}

void __wrap_free(void *memory)
{
    if (memory)
        forget(memory);
    __real_free(memory);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size)
{
    if (fails())
        return ENOMEM;
    const int result = __real_posix_memalign(memory, alignment, size);
    if (result == 0)
        note(*memory);
    return result;
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : note(__real_strdup(text));
}

/* Allocates within the C library, which does not note the line; nothing where the end is known. */
ssize_t __wrap_getline(char **line, size_t *capacity, FILE *file)
{
    return !feof(file) && fails() ? -1 : __real_getline(line, capacity, file);
}

void allocations_fail_at(int64_t number)
{
    pthread_mutex_lock(&mutex);
    counted = 0;
    fail_at = number;
    failed = false;
    pthread_mutex_unlock(&mutex);
}

bool allocations_failed(void)
{
    pthread_mutex_lock(&mutex);
    fail_at = 0;
    const bool was = failed;
    pthread_mutex_unlock(&mutex);
    return was;
}

int64_t allocations_alive(void)
{
    pthread_mutex_lock(&mutex);
    const int64_t count = alive;
    pthread_mutex_unlock(&mutex);
    return count;
}

void allocations_tell(void)
{
    backtrace_symbols_fd(frames, depth, STDERR_FILENO);
}

void assert_each_allocation_may_fail(const char *name, fallible *scenario)
{
    hr_status status = HR_OK;
    bool happened = true;
    for (int64_t number = 1; happened; number++) {
        hr_error err = {""};
        const int64_t before = allocations_alive();
        allocations_fail_at(number);
        status = scenario(&err);
        happened = allocations_failed();
        const int64_t left = allocations_alive() - before;
        if (left == 0 && (happened ? status == HR_MEMORY && *err.text : status == HR_OK))
            continue;
        allocations_tell();
        fail_msg("%s, allocation %" PRId64 " failing: status %d, %" PRId64 " not freed, message \"%s\"", name,
                 number, (int)status, left, err.text);
    }
}
