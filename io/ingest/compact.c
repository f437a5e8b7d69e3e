#include "io/ingest/compact.h"

#include "io/base/memory.h"
#include "io/ingest/duplicates.h"

#include <string.h>

/* Keeps the ids whose flag is not 0. */
static hr_status keep_ids(hr_ids *ids, const int64_t *flag, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings text = {0};
    int64_t kept = 0;
    for (int64_t i = 0; i < ids->count; i++) {
        if (flag[i] == 0)
            continue;
        if (ids->number) {
            ids->number[kept] = ids->number[i];
        } else {
            const char *id = hr_strings_at(&ids->text, i);
            HR_TRY(hr_strings_append(&text, id, (int64_t)strlen(id), err));
        }
        kept++;
    }
    ids->count = kept;
    if (!ids->number) {
        hr_strings_free(&ids->text);
        ids->text = text;
        text = (hr_strings){0}; /* the list's now */
    }
done:
    hr_strings_free(&text);
    return status;
}

/* Makes numbers of flags: how many come before. */
static int64_t number_flags(int64_t *flag, int64_t count)
{
    int64_t next = 0;
    for (int64_t i = 0; i < count; i++) {
        const int64_t kept = flag[i] != 0;
        flag[i] = next;
        next += kept;
    }
    return next;
}

/* Flags the users and movies that have ratings left here. */
static void flag_rated(const hr_ratings *r, int64_t *user, int64_t *movie)
{
    for (int64_t u = 0; u < r->users; u++)
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            if (r->split[i] != HR_DROPPED)
                user[r->first_user + u] = movie[r->movie[i]] = 1;
}

/* Moves what is left to the front; users without ratings end. */
static void close_gaps(hr_ratings *r, const int64_t *movie_number)
{
    int64_t users = 0, count = 0, first = 0;
    for (int64_t u = 0; u < r->users; u++) {
        const int64_t end = r->ptr[u + 1], before = count;
        for (int64_t i = first; i < end; i++) {
            if (r->split[i] == HR_DROPPED)
                continue;
            r->movie[count] = (int32_t)movie_number[r->movie[i]];
            r->value[count] = r->value[i];
            r->time[count] = r->time[i];
            r->split[count++] = r->split[i];
        }
        if (count > before)
            r->ptr[++users] = count;
        first = end;
    }
    r->users = users;
    r->count = count;
}

hr_status hr_compact(hr_ratings *r, const hr_comm *comm, hr_ids *user_id, hr_ids *movie_id,
                     const bool *listed, hr_error *err)
{
    int64_t *user = hr_alloc(user_id->count, sizeof *user);    /* [users] flags, then numbers */
    int64_t *movie = hr_alloc(movie_id->count, sizeof *movie); /* [movies] */
    const int64_t users = user_id->count, movies = movie_id->count;
    hr_status status = user && movie ? HR_OK : hr_fail_memory(err, users, sizeof *user, "new numbers");
    HR_TRY(hr_agree(comm, status, NULL, err));
    flag_rated(r, user, movie);
    HR_TRY(hr_max_i64(comm, user, users, err));
    HR_TRY(hr_max_i64(comm, movie, movies, err));
    for (int64_t m = 0; m < movies; m++)
        movie[m] |= listed[m];
    status = keep_ids(user_id, user, err);
    if (status == HR_OK)
        status = keep_ids(movie_id, movie, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    number_flags(user, users);
    r->movies = number_flags(movie, movies);
    r->first_user = r->first_user < users ? user[r->first_user] : user_id->count;
    close_gaps(r, movie);
done:
    free(movie);
    free(user);
    return status;
}
