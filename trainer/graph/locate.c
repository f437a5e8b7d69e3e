#include "trainer/graph/locate.h"

#include "io/base/memory.h"
#include "io/base/search.h"

#include <string.h>

/* Fills `begin` and `begun`: about as many multiples as users, so that few users begin between two of them. */
static hr_status index_edges(hr_locate *locate, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = locate->shard;
    while (shard->edges_total >> locate->shift > shard->user_slots)
        locate->shift++;
    const int64_t multiples = (shard->edges_total >> locate->shift) + 2;
    HR_ALLOC(locate->begin, shard->user_slots);
    HR_ALLOC(locate->begun, multiples);
    for (int64_t i = 0; i < shard->user_slots; i++)
        locate->begin[i] = shard->first_edge[locate->slot_by_edge[i]];
    for (int64_t multiple = 0, i = 0; multiple < multiples; multiple++) {
        while (i < shard->user_slots && locate->begin[i] < multiple << locate->shift)
            i++;
        locate->begun[multiple] = (int32_t)i;
    }
done:
    return status;
}

hr_status hr_locate_build(hr_locate *locate, const hr_shard *shard, hr_error *err)
{
    hr_status status = HR_OK;
    locate->shard = shard;
    HR_ALLOC(locate->user_slot, shard->users);
    HR_ALLOC(locate->movie_slot, shard->movies);
    HR_ALLOC(locate->slot_by_edge, shard->user_slots);
    HR_ALLOC(locate->owned_movie_row, shard->movies);
    memset(locate->user_slot, 0xFF, (size_t)shard->users * sizeof(int32_t));
    memset(locate->movie_slot, 0xFF, (size_t)shard->movies * sizeof(int32_t));
    memset(locate->owned_movie_row, 0xFF, (size_t)shard->movies * sizeof(int32_t));
    for (int64_t s = 0; s < shard->user_slots; s++)
        locate->user_slot[shard->vertex[shard->user_row[s]]] = (int32_t)s;
    for (int64_t user = 0, next = 0; user < shard->users; user++) /* edges are numbered in user order */
        if (locate->user_slot[user] != HR_NOT_HERE)
            locate->slot_by_edge[next++] = locate->user_slot[user];
    for (int64_t s = 0; s < shard->movie_slots; s++)
        locate->movie_slot[shard->vertex[shard->movie_row[s]] - shard->users] = (int32_t)s;
    for (int64_t row = shard->owned_users; row < shard->owned; row++)
        locate->owned_movie_row[shard->vertex[row] - shard->users] = (int32_t)row;
    HR_TRY(index_edges(locate, err));
done:
    return status;
}

void hr_locate_free(hr_locate *locate)
{
    free(locate->user_slot);
    free(locate->movie_slot);
    free(locate->slot_by_edge);
    free(locate->begin);
    free(locate->begun);
    free(locate->owned_movie_row);
    *locate = (hr_locate){0};
}

static bool begins_no_later(const void *begin, int64_t i, int64_t edge)
{
    return ((const int64_t *)begin)[i] <= edge;
}

int32_t hr_locate_user_of_edge(const hr_locate *locate, int64_t edge, int64_t *index)
{
    const hr_shard *shard = locate->shard;
    const int32_t *begun = locate->begun + (edge >> locate->shift);
    const int64_t first =
        begun[0] + hr_bisect(locate->begin + begun[0], begun[1] - begun[0], edge, begins_no_later);
    if (first == 0)
        return HR_NOT_HERE;
    const int32_t slot = locate->slot_by_edge[first - 1];
    *index = edge - shard->first_edge[slot];
    return *index < shard->rated_ptr[slot + 1] - shard->rated_ptr[slot] ? slot : HR_NOT_HERE;
}

bool hr_locate_edge(const hr_locate *locate, int32_t user_slot, int32_t movie, int32_t *movie_row)
{
    const hr_shard *shard = locate->shard;
    const int32_t slot = locate->movie_slot[movie];
    const int64_t first = shard->edge_ptr[user_slot], end = shard->edge_ptr[user_slot + 1];
    const bool has_all = end - first == shard->rated_ptr[user_slot + 1] - shard->rated_ptr[user_slot];
    if (slot == HR_NOT_HERE ||
        (!has_all && hr_find_i32(shard->edge_movie + first, end - first, slot) == HR_NOT_FOUND))
        return false;
    *movie_row = shard->movie_row[slot];
    return true;
}

/* The index of a user slot's movie among the shard's rated movies, or HR_NOT_FOUND. */
static int64_t find_rated(const hr_shard *shard, int32_t user_slot, int32_t movie)
{
    const int64_t first = shard->rated_ptr[user_slot], count = shard->rated_ptr[user_slot + 1] - first;
    const int64_t at = hr_find_i32(shard->rated_movie + first, count, movie);
    return at == HR_NOT_FOUND ? HR_NOT_FOUND : first + at;
}

float hr_locate_rating(const hr_shard *shard, int32_t user_slot, int64_t edge)
{
    const int64_t movie = shard->vertex[shard->movie_row[shard->edge_movie[edge]]] - shard->users;
    return shard->rated_value[find_rated(shard, user_slot, (int32_t)movie)];
}

void hr_locate_prefetch_rated(const hr_shard *shard, int32_t user_slot)
{
    enum { PROBES = 8 }; /* of the search's first three halvings */
    const int64_t first = shard->rated_ptr[user_slot], count = shard->rated_ptr[user_slot + 1] - first;
    for (int64_t i = 1; i < PROBES; i++)
        __builtin_prefetch(shard->rated_movie + first + i * count / PROBES);
}

bool hr_locate_rated(const hr_shard *shard, int32_t user_slot, int32_t movie)
{
    return find_rated(shard, user_slot, movie) != HR_NOT_FOUND;
}
