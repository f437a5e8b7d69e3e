#include "trainer/neighbourhood/neighbourhood.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "trainer/neighbourhood/strongest.h"

#include <math.h>

/* A search on its way. */
typedef struct finder {
    const hr_neighbourhood_search *search;
    hr_neighbourhood *near;
    int64_t *user_at, *movie_at; /* [users], [movies] number of the vertex + 1; 0: none yet */
    int64_t first, end;          /* vertices whose neighbours are searched now */
    int64_t hops;                /* of those that are found */
    int64_t passed;              /* ratings of the file before the slice that is visited, in a pass */
    hr_strongest best;           /* of each of them */
} finder;

static double weight(const finder *f, double user, int64_t movie)
{
    const hr_neighbourhood_search *s = f->search;
    return pow(user, -s->power) * pow(fmax(1.0, s->train->of_movie[movie]), s->power - 1.0);
}

static hr_status add_vertex(finder *f, bool is_movie, int64_t number, int64_t *at, hr_error *err)
{
    hr_status status = HR_OK;
    hr_neighbourhood *near = f->near;
    if (near->vertices == HR_MOST_VERTICES)
        HR_TRY(
            hr_fail(err, HR_USAGE,
                    "the neighbourhood has more than %d users and movies; give a smaller --hops or --limit",
                    HR_MOST_VERTICES));
    HR_GROW(near->vertex, near->vertex_capacity, near->vertices + 1);
    near->vertex[near->vertices++] = (hr_near_vertex){is_movie, number, f->hops};
    *at = near->vertices;
done:
    return status;
}

static bool comes_from_before(const void *edges, int64_t index, int64_t from)
{
    return ((const hr_near_edge *)edges)[index].from < from;
}

/* Whether the pair has an edge already: found from its other end. Edges are in order of `from`. */
static bool has_edge(const hr_neighbourhood *near, int64_t from, int64_t to)
{
    for (int64_t e = hr_bisect(near->edge, near->edges, to, comes_from_before);
         e < near->edges && near->edge[e].from == to; e++)
        if (near->edge[e].to == from)
            return true;
    return false;
}

/* Adds the neighbours that were kept for vertex number `from`. */
static hr_status add_neighbours(finder *f, int64_t from, hr_error *err)
{
    hr_status status = HR_OK;
    hr_neighbourhood *near = f->near;
    const bool is_movie = !near->vertex[from].is_movie;
    int64_t *at = is_movie ? f->movie_at : f->user_at;
    const hr_neighbour *best = hr_strongest_of(&f->best, from - f->first);
    for (int64_t i = 0; i < f->best.count[from - f->first]; i++) {
        const int64_t number = best[i].number;
        if (at[number] == 0)
            HR_TRY(add_vertex(f, is_movie, number, &at[number], err));
        else if (has_edge(near, from, at[number] - 1))
            continue;
        HR_GROW(near->edge, near->edge_capacity, near->edges + 1);
        near->edge[near->edges++] = (hr_near_edge){from, at[number] - 1, best[i].weight, 0.0, best[i].rating};
    }
done:
    return status;
}

/* Offers the train ratings of user number u of a slice to the vertices that are searched. */
static void offer_user(finder *f, const hr_ratings *slice, int64_t u)
{
    const int64_t user = slice->first_user + u;
    double ratings = 0.0;
    for (int64_t i = slice->ptr[u]; i < slice->ptr[u + 1]; i++)
        ratings += slice->split[i] == HR_TRAIN;
    const bool of_user = !f->near->vertex[f->first].is_movie;
    for (int64_t i = slice->ptr[u]; i < slice->ptr[u + 1]; i++) {
        const int32_t movie = slice->movie[i];
        const int64_t vertex = (of_user ? f->user_at[user] : f->movie_at[movie]) - 1;
        if (slice->split[i] == HR_TRAIN && vertex >= f->first && vertex < f->end)
            hr_strongest_offer(&f->best, vertex - f->first,
                               (hr_neighbour){of_user ? movie : user, weight(f, ratings, movie),
                                              slice->value ? slice->value[i] : NAN, f->passed + i});
    }
}

/* A pass of zeros is none. */
static bool has_pass(const hr_neighbourhood_search *search)
{
    return search->pass && search->pass->of_movies;
}

static hr_status visit(void *context, hr_ratings *slice, hr_error *err)
{
    finder *f = context;
    const hr_rating_pass *pass = f->search->pass;
    (void)err;
    f->passed = has_pass(f->search) ? pass->first_of(pass->source, slice->first_user) : 0;
    for (int64_t u = 0; u < slice->users; u++)
        offer_user(f, slice, u);
    return HR_OK;
}

/* Reads the values of what is kept: passes in memory have none. */
static hr_status read_values(finder *f, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t vertices = f->end - f->first, most = vertices * f->best.limit;
    int64_t *rating = NULL, count = 0;
    float *value = NULL;
    HR_ALLOC(rating, most);
    HR_ALLOC(value, most);
    for (int64_t v = 0; v < vertices; v++)
        for (int64_t i = 0; i < f->best.count[v]; i++)
            rating[count++] = f->best.kept[v * f->best.limit + i].offset;
    HR_TRY(hr_dataset_read_values_of(f->search->dataset, rating, count, value, err));
    for (int64_t v = vertices - 1; v >= 0; v--)
        for (int64_t i = f->best.count[v] - 1; i >= 0; i--)
            f->best.kept[v * f->best.limit + i].rating = value[--count];
done:
    free(rating);
    free(value);
    return status;
}

/* Offers the ratings of the users, or of those who have rated the movies. */
static hr_status offer_from_memory(finder *f, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_rating_pass *pass = f->search->pass;
    const int64_t count = f->end - f->first;
    int64_t *user = NULL;
    int32_t *movie = NULL;
    HR_ALLOC(user, count);
    HR_ALLOC(movie, count);
    for (int64_t i = 0; i < count; i++) {
        user[i] = f->near->vertex[f->first + i].number;
        movie[i] = (int32_t)user[i];
    }
    if (f->near->vertex[f->first].is_movie)
        HR_TRY(pass->of_movies(pass->source, movie, count, visit, f, err));
    else
        HR_TRY(pass->of_users(pass->source, user, count, visit, f, err));
    HR_TRY(read_values(f, err));
done:
    free(user);
    free(movie);
    return status;
}

static hr_status offer_from_file(finder *f, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_neighbourhood_search *s = f->search;
    if (f->near->vertex[f->first].is_movie)
        HR_TRY(hr_dataset_each_slice(s->dataset, 0, s->users, s->valid, true, visit, f, err));
    for (int64_t v = f->first; v < f->end && !f->near->vertex[v].is_movie; v++)
        HR_TRY(
            hr_dataset_each_slice(s->dataset, f->near->vertex[v].number, 1, s->valid, true, visit, f, err));
done:
    return status;
}

/* The neighbours of the vertices first … end - 1, all of one kind. */
static hr_status find_neighbours(finder *f, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_neighbourhood_search *s = f->search;
    HR_TRY(hr_strongest_create(&f->best, f->end - f->first, s->limit, err));
    HR_TRY(has_pass(s) ? offer_from_memory(f, err) : offer_from_file(f, err));
    for (int64_t v = f->first; v < f->end; v++)
        HR_TRY(add_neighbours(f, v, err));
done:
    hr_strongest_free(&f->best);
    return status;
}

hr_status hr_neighbourhood_find(hr_neighbourhood *near, const hr_neighbourhood_search *search, hr_error *err)
{
    hr_status status = HR_OK;
    finder f = {.search = search, .near = near};
    HR_ALLOC(f.user_at, search->users);
    HR_ALLOC(f.movie_at, search->train->movies);
    HR_TRY(add_vertex(&f, search->from_movie, search->centre,
                      &(search->from_movie ? f.movie_at : f.user_at)[search->centre], err));
    for (f.hops = 1; f.hops <= search->hops && f.first < near->vertices; f.hops++) {
        f.end = near->vertices;
        HR_TRY(find_neighbours(&f, err));
        f.first = f.end;
    }
done:
    free(f.user_at);
    free(f.movie_at);
    return status;
}

void hr_neighbourhood_free(hr_neighbourhood *near)
{
    free(near->vertex);
    free(near->edge);
    *near = (hr_neighbourhood){0};
}
