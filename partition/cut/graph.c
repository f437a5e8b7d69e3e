#include "partition/cut/graph.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/search.h"
#include "io/dataset/dataset.h"

#include <assert.h>
#include <inttypes.h>

/* Ratings that are read at a time. */
enum { READ_RATINGS = 1 << 22 };

/* Takes over the sizes and this rank's users: those whose ratings are rank_user[rank] … in `rating_ptr`. */
static hr_status begin(hr_graph *graph, const hr_comm *comm, hr_graph_size size, const int64_t *rating_ptr,
                       hr_error *err)
{
    hr_status status = HR_OK;
    graph->comm = *comm;
    graph->users = size.users;
    graph->movies = size.movies;
    if (size.users > INT32_MAX || size.movies > INT32_MAX)
        HR_TRY(hr_fail(err, HR_MEMORY,
                       "%" PRId64 " users and %" PRId64 " movies: more than 32-bit indices can number",
                       size.users, size.movies));
    HR_ALLOC(graph->rank_user, comm->size + 1);
    hr_even_groups(rating_ptr, size.users, comm->size, graph->rank_user);
    graph->first_user = graph->rank_user[comm->rank];
    graph->users_here = graph->rank_user[comm->rank + 1] - graph->first_user;
    if (graph->users_here < 0)
        HR_TRY(hr_fail(err, HR_INPUT, "the ratings of users do not follow one another; the file is damaged"));
    HR_ALLOC(graph->user_ptr, graph->users_here + 1);
    HR_ALLOC(graph->degree, size.users + size.movies);
done:
    return status;
}

/* Appends the train ratings of the next users. */
static hr_status append(hr_graph *graph, const hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t user = ratings->first_user - graph->first_user, edge = graph->user_ptr[user];
    HR_GROW(graph->user_movie, graph->movie_capacity, edge + ratings->count);
    if (ratings->value)
        HR_GROW(graph->user_value, graph->value_capacity, edge + ratings->count);
    for (int64_t u = 0; u < ratings->users; u++) {
        for (int64_t i = ratings->ptr[u]; i < ratings->ptr[u + 1]; i++) {
            if (ratings->split[i] != HR_TRAIN)
                continue;
            graph->user_movie[edge] = ratings->movie[i];
            if (ratings->value)
                graph->user_value[edge] = ratings->value[i];
            edge++;
        }
        graph->user_ptr[++user] = edge;
    }
done:
    return status;
}

/* Counts edges of vertices and of the whole graph. Collective. */
static hr_status end(hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    graph->edges = hr_graph_edges_here(graph);
    for (int64_t u = 0; u < graph->users_here; u++)
        graph->degree[graph->first_user + u] = (int32_t)(graph->user_ptr[u + 1] - graph->user_ptr[u]);
    for (int64_t e = 0; e < graph->edges; e++)
        graph->degree[graph->users + graph->user_movie[e]]++;
    HR_TRY(hr_sum_i64(&graph->comm, &graph->edges, 1, err));
    HR_TRY(hr_sum_i32(&graph->comm, graph->degree, graph->users + graph->movies, err));
    if (graph->edges == 0)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "the dataset has no train rating to learn from; import it with another --split"));
    assert(hr_graph_is_valid(graph));
done:
    return status;
}

hr_status hr_graph_build(hr_graph *graph, const hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    const hr_graph_size size = {ratings->users, ratings->movies, 0};
    HR_TRY(begin(graph, &alone, size, ratings->ptr, err));
    HR_TRY(append(graph, ratings, err));
    HR_TRY(end(graph, err));
done:
    return status;
}

/* Reads users first … first + users - 1. */
static hr_status read_users(hr_graph *graph, hr_h5 *file, int64_t first, int64_t users, double valid_share,
                            hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings ratings = {0};
    HR_TRY(hr_dataset_read_slice(file, first, users, valid_share, &ratings, err));
    HR_TRY(hr_dataset_read_values(file, &ratings, err));
    HR_TRY(append(graph, &ratings, err));
done:
    hr_ratings_free(&ratings);
    return status;
}

static hr_status read_here(hr_graph *graph, const hr_comm *comm, hr_h5 *file, double valid_share,
                           hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *ptr = NULL, rows = 0;
    hr_graph_size size = {0};
    HR_TRY(hr_h5_get_i64(file, "users", &size.users, err));
    HR_TRY(hr_h5_get_i64(file, "movies", &size.movies, err));
    HR_TRY(hr_h5_shape(file, "rating/ptr", &rows, NULL, err));
    if (rows - 1 != size.users)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: rating/ptr has %" PRId64 " rows for %" PRId64 " users; the file is damaged",
                       hr_h5_path(file), rows, size.users));
    HR_ALLOC(ptr, rows);
    HR_TRY(hr_h5_read_rows(file, "rating/ptr", HR_H5_I64, 0, size.users + 1, 1, ptr, err));
    HR_TRY(begin(graph, comm, size, ptr, err));
    const int64_t end_user = graph->first_user + graph->users_here;
    for (int64_t first = graph->first_user, next = first; first < end_user; first = next) {
        do
            next++;
        while (next < end_user && ptr[next + 1] - ptr[first] <= READ_RATINGS);
        HR_TRY(read_users(graph, file, first, next - first, valid_share, err));
    }
done:
    free(ptr);
    return status;
}

hr_status hr_graph_read(hr_graph *graph, const hr_comm *comm, hr_h5 *file, double valid_share, hr_error *err)
{
    hr_status status = read_here(graph, comm, file, valid_share, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(end(graph, err));
done:
    return status;
}

hr_status hr_graph_transpose(hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    assert(graph->comm.size == 1);
    HR_ALLOC(graph->movie_ptr, graph->movies + 1);
    HR_ALLOC(graph->movie_user, graph->edges);
    for (int64_t m = 0; m < graph->movies; m++)
        graph->movie_ptr[m + 1] = graph->movie_ptr[m] + graph->degree[graph->users + m];
    for (int64_t u = 0; u < graph->users; u++)
        for (int64_t e = graph->user_ptr[u]; e < graph->user_ptr[u + 1]; e++)
            graph->movie_user[graph->movie_ptr[graph->user_movie[e]]++] = (int32_t)u;
    hr_offsets_restore(graph->movie_ptr, graph->movies);
done:
    return status;
}

void hr_graph_free(hr_graph *graph)
{
    free(graph->rank_user);
    free(graph->degree);
    free(graph->user_ptr);
    free(graph->user_movie);
    free(graph->user_value);
    free(graph->movie_ptr);
    free(graph->movie_user);
    free(graph->cluster);
    *graph = (hr_graph){0};
}

int64_t hr_graph_edges_here(const hr_graph *graph)
{
    return graph->user_ptr[graph->users_here];
}

int hr_graph_rank_of(const hr_graph *graph, int64_t user)
{
    return (int)hr_lower_bound_i64(graph->rank_user + 1, graph->comm.size, user + 1);
}
