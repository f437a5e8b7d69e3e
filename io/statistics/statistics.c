#include "io/statistics/statistics.h"

#include "io/base/memory.h"
#include "io/dataset/dataset_verify.h"
#include "io/statistics/components.h"
#include "io/statistics/genre_statistics.h"
#include "io/statistics/histogram.h"

#include <stdbool.h>

/* Ratings that are read at a time, about. */
enum { RATINGS_AT_A_TIME = 1 << 22 };

/* What is gathered on the way. */
typedef struct gathering {
    hr_h5 *file;
    hr_statistics *out;
    int32_t *of_user, *of_movie; /* ratings */
    double *value_sum;           /* [movies] */
    hr_histogram *values, *times;
    hr_components components; /* users, then movies */
    hr_split_tally tally;
} gathering;

void hr_statistics_free(hr_statistics *s)
{
    hr_frequencies_free(&s->activity);
    hr_frequencies_free(&s->popularity);
    hr_frequencies_free(&s->values);
    hr_frequencies_free(&s->times);
    hr_strings_free(&s->genre_name);
    free(s->genre);
    *s = (hr_statistics){0};
}

static void gathering_free(gathering *g)
{
    hr_split_tally_free(&g->tally);
    hr_components_free(&g->components);
    free(g->of_user);
    free(g->of_movie);
    free(g->value_sum);
    free(g->values);
    free(g->times);
    hr_h5_close(g->file);
}

static hr_status gathering_create(gathering *g, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_dataset_summary *d = &g->out->data;
    HR_ALLOC(g->of_user, d->users);
    HR_ALLOC(g->of_movie, d->movies);
    HR_ALLOC(g->value_sum, d->movies);
    HR_ALLOC(g->values, 1);
    HR_ALLOC(g->times, 1);
    HR_TRY(hr_components_create(&g->components, d->users + d->movies, err));
    HR_TRY(hr_split_tally_begin(&g->tally, d->movies, err));
done:
    return status;
}

static void add_slice(gathering *g, const hr_ratings *slice)
{
    const int64_t users = g->out->data.users;
    for (int64_t u = 0; u < slice->users; u++) {
        const int64_t user = slice->first_user + u;
        g->of_user[user] = (int32_t)(slice->ptr[u + 1] - slice->ptr[u]);
        for (int64_t i = slice->ptr[u]; i < slice->ptr[u + 1]; i++) {
            g->of_movie[slice->movie[i]]++;
            g->value_sum[slice->movie[i]] += (double)slice->value[i];
            hr_components_join(&g->components, user, users + slice->movie[i]);
            hr_histogram_add(g->values, (double)slice->value[i]);
            if (slice->time[i] != HR_NO_TIME)
                hr_histogram_add(g->times, (double)slice->time[i]);
        }
    }
    hr_split_tally_add(&g->tally, slice);
}

static hr_status read_slice(gathering *g, int64_t first_user, int64_t users, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings slice = {0};
    HR_TRY(hr_dataset_read_slice(g->file, first_user, users, 0.0, &slice, err));
    HR_TRY(hr_dataset_read_values(g->file, &slice, err));
    HR_TRY(hr_dataset_read_times(g->file, &slice, err));
    add_slice(g, &slice);
done:
    hr_ratings_free(&slice);
    return status;
}

static hr_status read_all(gathering *g, hr_error *err)
{
    const hr_dataset_summary *d = &g->out->data;
    const double each = (double)d->ratings / (double)d->users;
    const int64_t most = (int64_t)((double)RATINGS_AT_A_TIME / (each > 1.0 ? each : 1.0)) + 1;
    hr_status status = HR_OK;
    for (int64_t first = 0; status == HR_OK && first < d->users; first += most)
        status = read_slice(g, first, d->users - first < most ? d->users - first : most, err);
    return status;
}

/* Components of vertices that have ratings; a user's ratings count for its component. */
static void measure_components(gathering *g)
{
    hr_statistics *s = g->out;
    const int64_t users = s->data.users, all = users + s->data.movies;
    int64_t largest = -1;
    for (int64_t v = 0; v < all; v++) {
        const bool rated = v < users ? g->of_user[v] > 0 : g->of_movie[v - users] > 0;
        if (!rated || hr_components_root(&g->components, v) != v)
            continue;
        s->components++;
        if (largest < 0 || g->components.size[v] > g->components.size[largest])
            largest = v;
    }
    for (int64_t v = 0; largest >= 0 && v < all; v++) {
        if (hr_components_root(&g->components, v) != largest)
            continue;
        s->largest_users += v < users;
        s->largest_movies += v >= users;
        s->largest_ratings += v < users ? g->of_user[v] : 0;
    }
}

/* All that the ratings have been counted for. */
static hr_status finish(gathering *g, hr_error *err)
{
    hr_status status = HR_OK;
    hr_statistics *s = g->out;
    const hr_comm alone = hr_comm_alone();
    double sum = 0.0;
    for (int64_t m = 0; m < s->data.movies; m++) {
        s->rated_movies += g->of_movie[m] > 0;
        sum += g->value_sum[m];
    }
    s->mean = s->data.ratings > 0 ? sum / (double)s->data.ratings : 0.0;
    measure_components(g);
    HR_TRY(hr_genre_statistics_measure(s, g->file, g->of_movie, g->value_sum, err));
    HR_TRY(hr_split_tally_finish(&g->tally, &alone, err));
    s->split = g->tally.counts;
    HR_TRY(hr_histogram_frequencies(g->values, &s->values, err));
    HR_TRY(hr_histogram_frequencies(g->times, &s->times, err));
    HR_TRY(hr_frequencies_of_counts(&s->activity, g->of_user, s->data.users, err)); /* sorts: the last */
    HR_TRY(hr_frequencies_of_counts(&s->popularity, g->of_movie, s->data.movies, err));
done:
    return status;
}

hr_status hr_statistics_read(hr_statistics *s, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    gathering g = {.out = s};
    const hr_comm alone = hr_comm_alone();
    HR_TRY(hr_dataset_open(&g.file, &s->data, path, err));
    HR_TRY(hr_dataset_verify(&alone, g.file, &s->data, err));
    HR_TRY(gathering_create(&g, err));
    HR_TRY(read_all(&g, err));
    HR_TRY(finish(&g, err));
done:
    gathering_free(&g);
    return status;
}
