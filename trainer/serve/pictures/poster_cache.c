#include "trainer/serve/pictures/poster_cache.h"

#include "io/base/memory.h"

#include <stdlib.h>
#include <string.h>

void hr_poster_cache_begin(hr_poster_cache *cache)
{
    *cache = (hr_poster_cache){.first = 0};
    pthread_mutex_init(&cache->mutex, NULL);
}

static void drop_first(hr_poster_cache *cache)
{
    hr_kept_picture *picture = &cache->poster[cache->first].picture;
    cache->bytes -= picture->size;
    free(picture->bytes);
    cache->first = (cache->first + 1) % HR_KEPT_POSTERS;
    cache->count--;
}

void hr_poster_cache_end(hr_poster_cache *cache)
{
    while (cache->count > 0)
        drop_first(cache);
    pthread_mutex_destroy(&cache->mutex);
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static const hr_kept_poster *find(const hr_poster_cache *cache, const struct stat *file)
{
    for (int i = 0; i < cache->count; i++) {
        const hr_kept_poster *poster = &cache->poster[(cache->first + i) % HR_KEPT_POSTERS];
        if (is_same(&poster->file, file))
            return poster;
    }
    return NULL;
}

static hr_status copy(const hr_kept_picture *from, hr_kept_picture *to, hr_error *err)
{
    hr_status status = HR_OK;
    unsigned char *bytes = NULL;
    if (from->bytes) {
        HR_ALLOC(bytes, from->size);
        memcpy(bytes, from->bytes, (size_t)from->size);
    }
    *to = *from;
    to->bytes = bytes;
done:
    return status;
}

hr_status hr_poster_cache_find(hr_poster_cache *cache, const struct stat *file, bool *found,
                               hr_kept_picture *picture, hr_error *err)
{
    pthread_mutex_lock(&cache->mutex);
    const hr_kept_poster *poster = find(cache, file);
    *found = poster != NULL;
    const hr_status status = poster ? copy(&poster->picture, picture, err) : HR_OK;
    pthread_mutex_unlock(&cache->mutex);
    return status;
}

void hr_poster_cache_keep(hr_poster_cache *cache, const struct stat *file, const hr_kept_picture *picture)
{
    hr_error ignored;
    hr_kept_poster kept = {.file = *file};
    if (copy(picture, &kept.picture, &ignored) != HR_OK)
        return;
    pthread_mutex_lock(&cache->mutex);
    while (cache->count == HR_KEPT_POSTERS ||
           (cache->count > 0 && cache->bytes + kept.picture.size > HR_KEPT_POSTER_BYTES))
        drop_first(cache);
    cache->poster[(cache->first + cache->count++) % HR_KEPT_POSTERS] = kept;
    cache->bytes += kept.picture.size;
    pthread_mutex_unlock(&cache->mutex);
}
