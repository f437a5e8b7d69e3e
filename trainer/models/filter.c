#include "trainer/models/filter.h"

#include "io/base/memory.h"
#include "io/comm/log.h"
#include "trainer/filters/filter_choice.h"
#include "trainer/filters/filter_file.h"
#include "trainer/filters/one_user.h"
#include "trainer/filters/singular_vectors.h"

#include <inttypes.h>
#include <string.h>

typedef struct state {
    hr_graph_context *graph;
    const hr_model_config *config;
    hr_train_graph whole;
    float kept[HR_FILTER_KEPT]; /* as a checkpoint has it */
} state;

/* What scores: a filter, and what it reads of the files where there is no state. */
typedef struct scores {
    hr_filter filter;
    hr_train_graph whole;
} scores;

static hr_status check(const hr_model_config *config, hr_error *err)
{
    if (config->vectors <= config->dim)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--vectors %" PRId64 ": more than the columns of a row, --dim %" PRId64,
                   config->vectors, config->dim);
}

static void destroy(void *model)
{
    state *s = model;
    if (!s)
        return;
    hr_train_graph_free(&s->whole);
    free(s);
}

static hr_status create(void **model, hr_graph_context *graph, const hr_model_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    state *s = hr_alloc(1, sizeof *s);
    if (!s)
        status = hr_fail_memory(err, 1, sizeof *s, "a filter");
    HR_TRY(hr_agree(&graph->grid.world, status, NULL, err));
    s->graph = graph;
    s->config = config;
    hr_filter_pack(&(hr_filter_options){0}, 1.0, s->kept);
    HR_TRY(hr_train_graph_gather(&s->whole, graph, err));
    *model = s;
done:
    if (status != HR_OK)
        destroy(s);
    return status;
}

static hr_summation summation_of(const hr_model_config *config)
{
    return config->reproducible ? HR_SUM_REPRODUCIBLE : HR_SUM_PLAIN;
}

/* Chooses what is not given. Collective. */
static hr_status choose(const state *s, hr_filter_options *options, hr_error *err)
{
    const hr_model_config *c = s->config;
    const hr_comm *world = &s->graph->grid.world;
    hr_filter_options o = {c->user_power, c->movie_power, c->degree, c->step, c->beta, c->vectors};
    const hr_filter_search search = {world, &s->whole, summation_of(c), c->seed, c->dim};
    const hr_status status = hr_filter_choose(&search, &o, err);
    if (status != HR_OK)
        return status;
    *options = o;
    hr_log(world,
           "filter: user power %g, movie power %g, degree %" PRId64 ", step %g, beta %g, %" PRId64 " vectors",
           o.user_power, o.movie_power, o.degree, o.step, o.beta, o.vectors);
    return HR_OK;
}

/* Owned rows, of the vectors [movies x dim]: zeros behind those that are used. */
static void fill_rows(const state *s, const hr_filter *filter, const float *vector, float *rows)
{
    const hr_shard *shard = &s->graph->shard;
    const hr_train_graph *g = &s->whole;
    const int64_t dim = s->config->dim, used = filter->options.vectors;
    memset(rows, 0, (size_t)(shard->owned * dim) * sizeof *rows);
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < shard->owned; row++) {
        const int64_t v = shard->vertex[row], movie = v - g->users;
        float *to = rows + row * dim;
        for (int64_t e = v < g->users ? g->ptr[v] : 0; v < g->users && e < g->ptr[v + 1]; e++) {
            const float factor = (float)filter->options.beta * filter->movie_factor[g->movie[e]];
            for (int64_t c = 0; c < used; c++)
                to[c] += factor * vector[g->movie[e] * dim + c];
        }
        for (int64_t c = 0; v >= g->users && g->degree[movie] > 0 && c < used; c++)
            to[c] = vector[movie * dim + c] / filter->movie_factor[movie];
    }
}

static hr_status solve(void *model, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    hr_status status = HR_OK;
    state *s = model;
    const hr_comm *world = &s->graph->grid.world;
    const int64_t dim = s->config->dim;
    float *vector = NULL;
    double *value = NULL;
    hr_filter filter = {0};
    hr_filter_options options;
    HR_TRY(choose(s, &options, err));
    hr_filter_pack(&options, 1.0, s->kept);
    hr_filter_unpack(s->kept, &options, &filter.largest); /* as those who read it have them */
    status = hr_filter_create(&filter, &s->whole, &options, err);
    if (status == HR_OK && (!(vector = hr_alloc(s->whole.movies * dim, sizeof *vector)) ||
                            !(value = hr_alloc(dim, sizeof *value))))
        status = hr_fail_memory(err, s->whole.movies * dim, sizeof *vector, "singular vectors");
    HR_TRY(hr_agree(world, status, NULL, err));
    HR_TRY(hr_singular_vectors(world, &filter, summation_of(s->config), s->config->seed, dim, vector, value,
                               err));
    hr_filter_pack(&options, value[0] > 0.0 ? value[0] : 1.0, s->kept);
    fill_rows(s, &filter, vector, rows);
    *loss = 0.0;
done:
    hr_filter_free(&filter);
    free(vector);
    free(value);
    return status;
}

static hr_status keep(void *model, hr_checkpoint_extras *extras, hr_error *err)
{
    (void)err;
    const state *s = model;
    hr_filter_keep(s->kept, &s->graph->grid.world, extras);
    return HR_OK;
}

static hr_status resume(void *model, hr_h5 *checkpoint, hr_error *err)
{
    state *s = model;
    return hr_agree(&s->graph->grid.world, hr_filter_read(checkpoint, s->config->dim, s->kept, err), NULL,
                    err);
}

static void scores_destroy(void *of)
{
    scores *s = of;
    hr_filter_free(&s->filter);
    hr_train_graph_free(&s->whole);
    free(s);
}

/* Copies the columns of movies' rows that are used. */
static hr_status fill_movies(hr_filter *filter, const float *movie_row, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t used = filter->options.vectors, movies = filter->graph->movies;
    HR_ALLOC(filter->movie_row, movies * used);
    for (int64_t m = 0; m < movies; m++)
        memcpy(filter->movie_row + m * used, movie_row + m * dim, (size_t)used * sizeof *movie_row);
done:
    return status;
}

/* A filter of the graph and of what a checkpoint keeps. Local. */
static hr_status make_filter(hr_filter *filter, const hr_train_graph *graph, const float *kept,
                             const hr_model_config *config, const float *movie_row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_filter_options options;
    double largest;
    hr_filter_unpack(kept, &options, &largest);
    HR_TRY(hr_filter_create(filter, graph, &options, err));
    filter->largest = largest;
    filter->fused = !config->reproducible;
    HR_TRY(fill_movies(filter, movie_row, config->dim, err));
done:
    return status;
}

static hr_status scores_of_state(void **of, void *model, const float *movie_row, hr_error *err)
{
    hr_status status = HR_OK;
    state *s = model;
    scores *made = NULL;
    HR_ALLOC(made, 1);
    *of = made;
    HR_TRY(make_filter(&made->filter, &s->whole, s->kept, s->config, movie_row, err));
done:
    return hr_agree(&s->graph->grid.world, status, NULL, err);
}

static hr_status scores_read(void **of, const hr_rating_source *source, hr_error *err)
{
    hr_status status = HR_OK;
    scores *made = NULL;
    float kept[HR_FILTER_KEPT];
    HR_ALLOC(made, 1);
    *of = made;
    HR_TRY(hr_filter_read(source->checkpoint, source->config->dim, kept, err));
    HR_TRY(hr_train_graph_read(&made->whole, source->dataset, source->summary->users, source->summary->movies,
                               source->valid, err));
    HR_TRY(make_filter(&made->filter, &made->whole, kept, source->config, source->movie_row, err));
    HR_TRY(hr_filter_check_largest(&made->filter, hr_h5_path(source->checkpoint), err));
done:
    return hr_agree(source->comm, status, NULL, err);
}

/* A thread's memory: the filter's, and the known movies of a panel's users. */
typedef struct room {
    hr_filter_workspace filter;
    int32_t *known[HR_FILTER_USERS]; /* [movies] */
} room;

static void room_destroy(void *of)
{
    room *r = of;
    hr_filter_workspace_free(&r->filter);
    for (int lane = 0; lane < HR_FILTER_USERS; lane++)
        free(r->known[lane]);
    free(r);
}

static hr_status room_create(void **of, const void *from, hr_error *err)
{
    hr_status status = HR_OK;
    const scores *s = from;
    room *r = NULL;
    HR_ALLOC(r, 1);
    *of = r;
    HR_TRY(hr_filter_workspace_create(&r->filter, &s->filter, err));
    for (int lane = 0; lane < HR_FILTER_USERS; lane++)
        HR_ALLOC(r->known[lane], s->filter.graph->movies);
done:
    return status;
}

static hr_filter_user known_of(const hr_ratings *ratings, int64_t user, int32_t *movie)
{
    hr_filter_user known = {movie, 0};
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++)
        if (hr_split_is_known(ratings->split[i], HR_VALID))
            movie[known.count++] = ratings->movie[i];
    return known;
}

static void score(const void *from, void *of, const hr_ratings *ratings, const int64_t *user, int64_t users,
                  float *score)
{
    const scores *s = from;
    room *r = of;
    const int64_t movies = s->filter.graph->movies;
    for (int64_t first = 0; first < users; first += HR_FILTER_USERS) {
        const int count = users - first < HR_FILTER_USERS ? (int)(users - first) : HR_FILTER_USERS;
        hr_filter_user panel[HR_FILTER_USERS];
        for (int lane = 0; lane < count; lane++)
            panel[lane] = known_of(ratings, user[first + lane], r->known[lane]);
        if (count == 1) {
            hr_filter_one(&s->filter, &r->filter, panel, score + first * movies);
            continue;
        }
        hr_filter_panel(&s->filter, &r->filter, panel, count);
        hr_filter_store(r->filter.value, movies, count, movies, score + first * movies);
    }
}

static void shares(const void *from, void *of, int64_t movie, float *share)
{
    const scores *s = from;
    room *r = of;
    hr_filter_shares(&s->filter, &r->filter, movie, share);
}

static const hr_rating_scores by_ratings = {.keep = keep,
                                            .resume = resume,
                                            .of_state = scores_of_state,
                                            .read = scores_read,
                                            .destroy = scores_destroy,
                                            .workspace_create = room_create,
                                            .workspace_destroy = room_destroy,
                                            .score = score,
                                            .shares = shares};

const hr_model hr_filter_model = {
    .name = "filter",
    .summary = "graph filters without parameters (Shen et al. 2021, Choi et al. 2023, Park et al. 2024)",
    .mixes_columns = true,
    .defaults = "--dim 128 --layers 0 --spectral-rounds 0 --user-power 0.5 --epochs 1",
    .check = check,
    .create = create,
    .destroy = destroy,
    .solve = solve,
    .is_counted = true,
    .by_ratings = &by_ratings,
};
