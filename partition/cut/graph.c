#include "partition/cut/graph.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"

/* Users' train movies, in the order of the ratings. */
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

/* The transpose, by counting. */
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
        HR_TRY(hr_fail(err, HR_MEMORY, "more users or movies than 32 bits count"));
    HR_TRY(fill_users(graph, ratings, err));
    HR_TRY(fill_movies(graph, err));
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
    *graph = (hr_graph){0};
}

int64_t hr_graph_degree(const hr_graph *graph, int64_t vertex)
{
    if (vertex < graph->users)
        return graph->user_ptr[vertex + 1] - graph->user_ptr[vertex];
    const int64_t movie = vertex - graph->users;
    return graph->movie_ptr[movie + 1] - graph->movie_ptr[movie];
}
