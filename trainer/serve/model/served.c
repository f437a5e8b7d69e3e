#include "trainer/serve/model/served.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Of the seconds between two tries. */
enum { MOST_DOUBLINGS = 6 };

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* What the system says of the checkpoints' files; returns the path of one of which it says nothing, or NULL. */
static const char *stat_files(const hr_served *served, const char *checkpoint,
                              struct stat file[HR_MIXTURE_MODELS])
{
    if (stat(checkpoint, &file[0]) != 0)
        return checkpoint;
    for (int i = 0; i < served->mixing.others; i++)
        if (stat(served->mixing.other[i], &file[1 + i]) != 0)
            return served->mixing.other[i];
    return NULL;
}

static hr_status load(const hr_served *served, const char *checkpoint, hr_snapshot **snapshot, hr_error *err)
{
    const hr_snapshot_source source = {.checkpoint = checkpoint,
                                       .dataset = served->dataset,
                                       .mixing = served->mixing,
                                       .threads = served->threads,
                                       .stop = served->stop};
    return hr_snapshot_load(snapshot, &source, err);
}

hr_status hr_served_begin(hr_served *served, hr_error *err)
{
    hr_status status = HR_OK;
    pthread_mutex_init(&served->mutex, NULL);
    const char *missing = stat_files(served, served->checkpoint, served->file);
    if (missing)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", missing, strerror(errno)));
    HR_TRY(load(served, served->checkpoint, &served->snapshot, err));
    served->snapshot->number = 1;
done:
    return status;
}

void hr_served_end(hr_served *served)
{
    hr_snapshot_release(served->snapshot);
    served->snapshot = NULL;
    free(served->follows);
    pthread_mutex_destroy(&served->mutex);
}

hr_snapshot *hr_served_take(hr_served *served)
{
    pthread_mutex_lock(&served->mutex);
    hr_snapshot *snapshot = served->snapshot;
    snapshot->holders++;
    pthread_mutex_unlock(&served->mutex);
    return snapshot;
}

static void replace(hr_served *served, hr_snapshot *fresh)
{
    pthread_mutex_lock(&served->mutex);
    hr_snapshot *old = served->snapshot;
    fresh->number = old->number + 1;
    served->snapshot = fresh;
    pthread_mutex_unlock(&served->mutex);
    hr_snapshot_release(old);
}

hr_status hr_served_follow(hr_served *served, const char *checkpoint, hr_error *err)
{
    char *copy = strdup(checkpoint);
    if (!copy)
        return hr_fail(err, HR_MEMORY, "out of memory: no room for the path of a checkpoint");
    pthread_mutex_lock(&served->mutex);
    free(served->follows);
    served->follows = copy;
    pthread_mutex_unlock(&served->mutex);
    return HR_OK;
}

/* The path of now, the caller's to free; NULL for want of memory. */
static char *path_of(hr_served *served)
{
    pthread_mutex_lock(&served->mutex);
    char *path = strdup(served->follows ? served->follows : served->checkpoint);
    pthread_mutex_unlock(&served->mutex);
    return path;
}

/* Whether the files are to be loaded: another one, or one whose failure may have passed. */
static bool is_due(hr_served *served, const struct stat *now, bool *is_new)
{
    *is_new = false;
    for (int i = 0; i <= served->mixing.others; i++)
        *is_new = *is_new || !is_same(&now[i], &served->file[i]);
    if (*is_new)
        served->failures = 0;
    return *is_new || (served->failures > 0 && time(NULL) >= served->again);
}

/* A damaged file stays refused; what the system lacks may be there later. */
static void note_failure(hr_served *served, hr_status status)
{
    if (status != HR_MEMORY && status != HR_IO) {
        served->failures = 0;
        return;
    }
    served->again = time(NULL) + ((time_t)1 << served->failures);
    served->failures += served->failures < MOST_DOUBLINGS;
}

hr_status hr_served_refresh(hr_served *served, bool *changed, hr_error *err)
{
    struct stat now[HR_MIXTURE_MODELS];
    hr_status status = HR_OK;
    hr_snapshot *fresh = NULL;
    bool is_new = false;
    char *path = path_of(served);
    *changed = false;
    if (!path || stat_files(served, path, now) || !is_due(served, now, &is_new))
        goto done; /* between two files there may be none */
    memcpy(served->file, now, sizeof now);
    *changed = true;
    status = load(served, path, &fresh, err);
    if (status == HR_OK)
        replace(served, fresh);
    served->switched += status == HR_OK;
    served->refused += status != HR_OK && status != HR_STOPPED && is_new;
    note_failure(served, status);
done:
    free(path);
    return status;
}
