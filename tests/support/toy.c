#include "tests/support/toy.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/features/text_features.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void die(const char *what)
{
    fprintf(stderr, "toy data: %s\n", what);
    abort();
}

static void *array(int64_t count, size_t size)
{
    void *made = hr_alloc(count, size);
    if (!made)
        die("no room");
    return made;
}

static void draw_ratings(hr_ratings *r, double density, int valid, uint64_t seed)
{
    for (int64_t u = 0; u < r->users; u++) {
        for (int64_t m = 0; m < r->movies; m++) {
            const hr_random4 d = hr_philox(seed, HR_STREAM_SYNTH, (uint32_t)m, (uint64_t)u);
            const int last_chance = m == r->movies - 1 && r->count == r->ptr[u];
            if (hr_uniform(d.word[0]) >= density && !last_chance)
                continue;
            const uint32_t fifth = d.word[1] % 5;
            r->movie[r->count] = (int32_t)m;
            r->value[r->count] = 0.5F * (float)(1 + d.word[2] % 10);
            r->time[r->count] = d.word[3];
            r->split[r->count++] = fifth == 0 ? HR_TEST : fifth == 1 && valid ? HR_VALID : HR_TRAIN;
        }
        r->split[r->ptr[u]] = HR_TRAIN; /* every user has something to learn from */
        r->ptr[u + 1] = r->count;
    }
}

hr_genres toy_genres(const uint64_t *bits, int64_t movies, int names)
{
    hr_error err;
    hr_genres genres = {0};
    for (int64_t m = 0; m < movies; m++)
        if (hr_genres_append_bits(&genres, bits[m], &err) != HR_OK)
            die(err.text);
    for (int g = 0; g < names; g++) {
        const char name = (char)('A' + g);
        if (hr_strings_append(&genres.name, &name, 1, &err) != HR_OK)
            die(err.text);
    }
    return genres;
}

static hr_genres draw_genres(int64_t movies, uint64_t seed)
{
    uint64_t *bits = array(movies, sizeof *bits);
    for (int64_t m = 0; m < movies; m++)
        bits[m] = (uint64_t)hr_philox(seed, HR_STREAM_SYNTH + 1, 0, (uint64_t)m).word[0] % 8;
    const hr_genres genres = toy_genres(bits, movies, 3);
    free(bits);
    return genres;
}

hr_dataset toy_dataset(int64_t users, int64_t movies, double density, int valid, uint64_t seed)
{
    hr_error err;
    hr_dataset d = {.ratings = {.users = users, .movies = movies}};
    hr_ratings *r = &d.ratings;
    r->ptr = array(users + 1, sizeof *r->ptr);
    r->movie = array(users * movies, sizeof *r->movie);
    r->value = array(users * movies, sizeof *r->value);
    r->time = array(users * movies, sizeof *r->time);
    r->split = array(users * movies, sizeof *r->split);
    draw_ratings(r, density, valid, seed);
    d.user_id = (hr_ids){.count = users, .number = array(users, sizeof(int64_t))};
    d.movie_id = (hr_ids){.count = movies, .number = array(movies, sizeof(int64_t))};
    d.year = array(movies, sizeof *d.year);
    d.imdb = array(movies, sizeof *d.imdb);
    d.tmdb = array(movies, sizeof *d.tmdb);
    for (int64_t u = 0; u < users; u++)
        d.user_id.number[u] = 10 + 3 * u;
    for (int64_t m = 0; m < movies; m++) {
        char title[32];
        const int length = snprintf(title, sizeof title, "Film %d", (int)m);
        d.movie_id.number[m] = 100 + 7 * m;
        if (hr_strings_append(&d.title, title, length, &err) != HR_OK)
            die(err.text);
    }
    d.genres = draw_genres(movies, seed);
    if (hr_text_build(&d, &(hr_text_options)HR_TEXT_DEFAULTS, &d.text, &err) != HR_OK)
        die(err.text);
    snprintf(d.source, sizeof d.source, "toy");
    return d;
}

hr_graph toy_graph(int64_t users, int64_t movies, double density, uint64_t seed)
{
    hr_error err;
    hr_graph graph = {0};
    hr_dataset data = toy_dataset(users, movies, density, 0, seed);
    if (hr_graph_build(&graph, &data.ratings, &err) != HR_OK || hr_graph_transpose(&graph, &err) != HR_OK)
        die(err.text);
    hr_dataset_free(&data);
    return graph;
}

const char *real_data(const char *name)
{
    static char path[1024];
    const char *folder = getenv("HALOREC_DATA");
    if (!folder || !*folder)
        return NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, R_OK) == 0 ? path : NULL;
}
