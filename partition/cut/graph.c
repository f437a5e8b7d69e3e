#include "partition/cut/graph.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/search.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>

/* Each user's train movies, in the order of the ratings. */
static hr_status fill_users(hr_graph *graph, const hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(graph->user_ptr, graph->users + 1);
    for (int64_t u = 0; u < graph->users; u++) {
        graph->user_ptr[u] = graph->edges;
        for (int64_t i = ratings->ptr[u]; i < ratings->ptr[u + 1]; i++)
            graph->edges += ratings->split[i] == HR_TRAIN;
    }
    graph->user_ptr[graph->users] = graph->edges;
    if (graph->edges == 0)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "the dataset has no train rating to learn from; import it with another --split"));
    HR_ALLOC(graph->user_movie, graph->edges);
    int64_t edge = 0;
    for (int64_t i = 0; i < ratings->count; i++)
        if (ratings->split[i] == HR_TRAIN)
            graph->user_movie[edge++] = ratings->movie[i];
    if (!ratings->value)
        return HR_OK;
    HR_ALLOC(graph->user_value, graph->edges);
    edge = 0;
    for (int64_t i = 0; i < ratings->count; i++)
        if (ratings->split[i] == HR_TRAIN)
            graph->user_value[edge++] = ratings->value[i];
done:
    return status;
}

/* The transpose, by a counting sort. */
static hr_status fill_movies(hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(graph->movie_ptr, graph->movies + 1);
    HR_ALLOC(graph->movie_user, graph->edges);
    for (int64_t e = 0; e < graph->edges; e++)
        graph->movie_ptr[graph->user_movie[e] + 1]++;
    hr_offsets_sum(graph->movie_ptr, graph->movies);
    for (int64_t u = 0; u < graph->users; u++)
        for (int64_t e = graph->user_ptr[u]; e < graph->user_ptr[u + 1]; e++)
            graph->movie_user[graph->movie_ptr[graph->user_movie[e]]++] = (int32_t)u;
    hr_offsets_restore(graph->movie_ptr, graph->movies);
done:
    return status;
}

hr_status hr_graph_build(hr_graph *graph, const hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    graph->users = ratings->users;
    graph->movies = ratings->movies;
    if (graph->users > INT32_MAX || graph->movies > INT32_MAX)
        HR_TRY(hr_fail(err, HR_MEMORY,
                       "%" PRId64 " users and %" PRId64 " movies: more than 32-bit indices can number",
                       graph->users, graph->movies));
    HR_TRY(fill_users(graph, ratings, err));
    HR_TRY(fill_movies(graph, err));
    assert(hr_graph_is_valid(graph));
done:
    return status;
}

void hr_graph_free(hr_graph *graph)
{
    free(graph->user_ptr);
    free(graph->user_movie);
    free(graph->user_value);
    free(graph->movie_ptr);
    free(graph->movie_user);
    free(graph->cluster);
    *graph = (hr_graph){0};
}

int64_t hr_graph_degree(const hr_graph *graph, int64_t vertex)
{
    if (vertex < graph->users)
        return graph->user_ptr[vertex + 1] - graph->user_ptr[vertex];
    const int64_t movie = vertex - graph->users;
    return graph->movie_ptr[movie + 1] - graph->movie_ptr[movie];
}

/* Whether ptr and index are compressed rows over all edges, columns ascending strictly within a row. */
static bool is_csr(const int64_t *ptr, const int32_t *index, int64_t rows, int64_t columns, int64_t edges)
{
    if (!ptr || !index || ptr[0] != 0 || ptr[rows] != edges)
        return false;
    for (int64_t r = 0; r < rows; r++) {
        if (ptr[r + 1] < ptr[r] || ptr[r + 1] > edges)
            return false;
        for (int64_t e = ptr[r]; e < ptr[r + 1]; e++)
            if (index[e] < 0 || index[e] >= columns || (e > ptr[r] && index[e] <= index[e - 1]))
                return false;
    }
    return true;
}

/* Both directions hold equally many edges, none twice, so they agree if every edge of one is in the other. */
static bool directions_agree(const hr_graph *g)
{
    for (int64_t m = 0; m < g->movies; m++)
        for (int64_t e = g->movie_ptr[m]; e < g->movie_ptr[m + 1]; e++) {
            const int64_t first = g->user_ptr[g->movie_user[e]], end = g->user_ptr[g->movie_user[e] + 1];
            if (hr_find_i32(g->user_movie + first, end - first, (int32_t)m) == HR_NOT_FOUND)
                return false;
        }
    return true;
}

bool hr_graph_is_valid(const hr_graph *graph)
{
    return graph->users > 0 && graph->movies > 0 && graph->edges > 0 &&
           is_csr(graph->user_ptr, graph->user_movie, graph->users, graph->movies, graph->edges) &&
           is_csr(graph->movie_ptr, graph->movie_user, graph->movies, graph->users, graph->edges) &&
           directions_agree(graph);
}
