#include "io/checkpoint/checkpoint_kept.h"

#include "io/base/durable.h"
#include "io/base/memory.h"
#include "io/base/sort.h"
#include "io/checkpoint/checkpoint.h"
#include "io/comm/log.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Stands for the file at `path` itself in a list of steps. */
static const int64_t newest = INT64_MAX;

/* Steps of the checkpoints that are there, ascending. Zero-initialise; free steps. */
typedef struct list {
    int64_t count, capacity;
    int64_t *steps;
} list;

/* Longer ones are refused: a name cut short could be that of another file. */
static hr_status name_kept(char name[HR_TEXT_LENGTH], const char *path, int64_t step, hr_error *err)
{
    const int length = step == newest ? snprintf(name, HR_TEXT_LENGTH, "%s", path)
                                      : snprintf(name, HR_TEXT_LENGTH, "%s.step-%06" PRId64, path, step);
    if (length < HR_TEXT_LENGTH)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "%s: a name too long to keep older checkpoints beside it", path);
}

static hr_status list_add(list *l, int64_t step, hr_error *err)
{
    int64_t *grown = hr_grow(l->steps, &l->capacity, l->count + 1, sizeof *l->steps);
    if (!grown)
        return hr_fail_memory(err, l->count + 1, sizeof *l->steps, "names of checkpoints");
    l->steps = grown;
    l->steps[l->count++] = step;
    return HR_OK;
}

/* The step in a name of the form BASE.step-N, or newest. */
static int64_t step_in_name(const char *name, const char *base)
{
    static const char mark[] = ".step-";
    const size_t length = strlen(base);
    int64_t step = 0;
    int end = 0;
    if (strncmp(name, base, length) != 0 || strncmp(name + length, mark, strlen(mark)) != 0)
        return newest;
    const char *digits = name + length + strlen(mark);
    if (*digits < '0' || *digits > '9' || sscanf(digits, "%" SCNd64 "%n", &step, &end) != 1 || digits[end])
        return newest;
    return step;
}

/* Lists the older checkpoints beside `path`. A folder that cannot be read has none. */
static hr_status list_older(const char *path, list *l, hr_error *err)
{
    hr_status status = HR_OK;
    char folder[HR_TEXT_LENGTH], base[HR_TEXT_LENGTH];
    snprintf(folder, sizeof folder, "%s", path);
    snprintf(base, sizeof base, "%s", path);
    DIR *entries = opendir(dirname(folder));
    if (!entries)
        return HR_OK;
    const char *name = basename(base);
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        const int64_t step = step_in_name(entry->d_name, name);
        if (step != newest)
            HR_TRY(list_add(l, step, err));
    }
    hr_sort_i64(l->steps, l->count);
done:
    closedir(entries);
    return status;
}

/* Gives the file at `path` its second name, if it is of an earlier step. */
static hr_status keep_old(const char *path, int64_t step, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_checkpoint_summary old;
    char name[HR_TEXT_LENGTH];
    hr_error ignored;
    if (hr_checkpoint_open(&file, &old, NULL, path, &ignored) != HR_OK)
        return HR_OK;
    hr_h5_close(file);
    if (old.step >= step)
        return HR_OK;
    hr_status status = name_kept(name, path, old.step, err);
    if (status != HR_OK)
        return status;
    unlink(name); /* of another run, or of this one before it was resumed */
    if (link(path, name) == 0 || rename(path, name) == 0)
        return HR_OK;
    return hr_fail(err, HR_IO, "%s: cannot be kept as %s: %s", path, name, strerror(errno));
}

static hr_status remove_surplus(const char *path, int64_t step, int64_t keep, hr_error *err)
{
    list l = {0};
    char name[HR_TEXT_LENGTH];
    hr_status status = list_older(path, &l, err);
    int64_t kept = 1;
    for (int64_t i = l.count - 1; i >= 0 && status == HR_OK; i--)
        if (l.steps[i] < step && kept < keep)
            kept++;
        else if (name_kept(name, path, l.steps[i], err) == HR_OK)
            unlink(name);
    free(l.steps);
    return status;
}

hr_status hr_kept_publish(const char *temporary, const char *path, int64_t step, int64_t keep, hr_error *err)
{
    char target[PATH_MAX];
    hr_status status = hr_link_target(path, target, err);
    if (status == HR_OK && keep > 1)
        status = keep_old(target, step, err);
    if (status == HR_OK)
        status = hr_publish(temporary, target, err);
    return status == HR_OK ? remove_surplus(target, step, keep, err) : status;
}

/* On rank 0, what there is to choose from. */
static hr_status list_all(const char *path, list *l, hr_error *err)
{
    const hr_status status = list_older(path, l, err);
    return status == HR_OK && access(path, F_OK) == 0 ? list_add(l, newest, err) : status;
}

/* Reads the files, the newest first, until one is whole. One that the system does not let be read, or that
 * another program holds, is not passed over: it may be whole. */
static hr_status choose(const hr_comm *comm, const char *path, const list *l, char found[HR_TEXT_LENGTH],
                        hr_error *err)
{
    for (int64_t i = l->count - 1; i >= 0; i--) {
        hr_status status = name_kept(found, path, l->steps[i], err);
        if (status == HR_OK)
            status = hr_checkpoint_verify(comm, found, err);
        if (status != HR_INPUT)
            return status;
        hr_log(comm, "not resumed: %s", err->text);
    }
    *found = '\0';
    if (l->count == 0)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: none of its %" PRId64
                   " checkpoints is whole, as said above; another --checkpoint starts anew",
                   path, l->count);
}

hr_status hr_kept_find(const hr_comm *comm, const char *path, char found[HR_TEXT_LENGTH], hr_error *err)
{
    list l = {0};
    char target[PATH_MAX];
    hr_status status = hr_link_target(path, target, err);
    if (comm->rank == 0 && status == HR_OK)
        status = list_all(target, &l, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, &l.count, sizeof l.count, 0, err));
    if (comm->rank != 0)
        l.steps = hr_alloc(l.count, sizeof *l.steps);
    if (!l.steps && l.count > 0)
        status = hr_fail_memory(err, l.count, sizeof *l.steps, "names of checkpoints");
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, l.steps, l.count * (int64_t)sizeof *l.steps, 0, err));
    status = choose(comm, target, &l, found, err);
done:
    free(l.steps);
    return status;
}

hr_status hr_kept_check(const char *path, const char *input, hr_error *err)
{
    char target[PATH_MAX], name[HR_TEXT_LENGTH], base[PATH_MAX];
    struct stat read, kept;
    hr_status status = hr_link_target(path, target, err);
    if (status != HR_OK)
        return status;
    snprintf(base, sizeof base, "%s", target);
    snprintf(name, sizeof name, "%s", input);
    const int64_t step = step_in_name(basename(name), basename(base));
    if (step == newest || name_kept(name, target, step, err) != HR_OK)
        return HR_OK;
    if (stat(input, &read) == 0 && stat(name, &kept) == 0 && read.st_dev == kept.st_dev &&
        read.st_ino == kept.st_ino)
        return hr_fail(err, HR_USAGE,
                       "%s: an older checkpoint of %s, which would be removed; write elsewhere", input, path);
    return HR_OK;
}
