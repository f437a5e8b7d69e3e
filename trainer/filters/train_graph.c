#include "trainer/filters/train_graph.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/dataset/dataset.h"

#include <string.h>

void hr_train_graph_free(hr_train_graph *graph)
{
    free(graph->ptr);
    free(graph->movie);
    free(graph->degree);
    *graph = (hr_train_graph){0};
}

static void count_degrees(hr_train_graph *graph)
{
    for (int64_t e = 0; e < graph->edges; e++)
        graph->degree[graph->movie[e]]++;
}

static hr_status allocate(hr_train_graph *graph, int64_t users, int64_t movies, int64_t edges, hr_error *err)
{
    hr_status status = HR_OK;
    *graph = (hr_train_graph){.users = users, .movies = movies, .edges = edges};
    HR_ALLOC(graph->ptr, users + 1);
    HR_ALLOC(graph->movie, edges);
    HR_ALLOC(graph->degree, movies);
done:
    return status;
}

/* Owned users' numbers of movies, and their movies: zeros where other ranks fill in theirs. */
static void fill_owned(hr_train_graph *graph, const hr_shard *shard)
{
    for (int64_t s = 0; s < shard->user_slots && shard->user_row[s] < shard->owned_users; s++) {
        const int64_t count = shard->rated_ptr[s + 1] - shard->rated_ptr[s];
        graph->ptr[shard->vertex[shard->user_row[s]] + 1] = count;
        memcpy(graph->movie + shard->first_edge[s], shard->rated_movie + shard->rated_ptr[s],
               (size_t)count * sizeof *graph->movie);
    }
}

hr_status hr_train_graph_gather(hr_train_graph *graph, const hr_graph_context *context, hr_error *err)
{
    const hr_comm *parts = &context->grid.parts;
    const hr_shard *shard = &context->shard;
    hr_status status = allocate(graph, shard->users, shard->movies, shard->edges_total, err);
    HR_TRY(hr_agree(parts, status, NULL, err));
    fill_owned(graph, shard);
    HR_TRY(hr_sum_i64(parts, graph->ptr, graph->users + 1, err));
    HR_TRY(hr_sum_i32(parts, graph->movie, graph->edges, err));
    hr_offsets_sum(graph->ptr, graph->users);
    count_degrees(graph);
done:
    return status;
}

/* What is read so far. */
typedef struct reading {
    hr_train_graph *graph;
    int64_t capacity, user;
} reading;

static hr_status take_slice(void *context, hr_ratings *slice, hr_error *err)
{
    hr_status status = HR_OK;
    reading *r = context;
    hr_train_graph *graph = r->graph;
    HR_GROW(graph->movie, r->capacity, graph->edges + slice->count);
    for (int64_t u = 0; u < slice->users; u++) {
        for (int64_t i = slice->ptr[u]; i < slice->ptr[u + 1]; i++)
            if (slice->split[i] == HR_TRAIN)
                graph->movie[graph->edges++] = slice->movie[i];
        graph->ptr[++r->user] = graph->edges;
    }
done:
    return status;
}

hr_status hr_train_graph_read(hr_train_graph *graph, hr_h5 *dataset, int64_t users, int64_t movies,
                              double valid, hr_error *err)
{
    hr_status status = HR_OK;
    reading r = {.graph = graph};
    HR_TRY(allocate(graph, users, movies, 0, err));
    free(graph->movie);
    graph->movie = NULL;
    HR_TRY(hr_dataset_each_slice(dataset, 0, users, valid, false, take_slice, &r, err));
    count_degrees(graph);
done:
    return status;
}

hr_status hr_train_graph_keep(hr_train_graph *graph, const hr_train_graph *all, const uint8_t *keeps,
                              hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(allocate(graph, all->users, all->movies, all->edges, err));
    graph->edges = 0;
    for (int64_t u = 0; u < all->users; u++) {
        for (int64_t e = all->ptr[u]; e < all->ptr[u + 1]; e++)
            if (keeps[e])
                graph->movie[graph->edges++] = all->movie[e];
        graph->ptr[u + 1] = graph->edges;
    }
    count_degrees(graph);
done:
    return status;
}
