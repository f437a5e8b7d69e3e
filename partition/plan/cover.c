#include "partition/plan/cover.h"

#include "io/base/memory.h"

#include <stdbool.h>

enum { FREE = -1, NO_LEVEL = -1 };

/* State of the search for a maximum matching. */
typedef struct matcher {
    const hr_bipartite *graph;
    int32_t *right_mate; /* [left] right vertex matched to a left one, or FREE */
    int32_t *left_mate;  /* [right] left vertex matched to a right one, or FREE */
    int32_t *level;      /* [left] steps from a free left vertex by alternating paths, or NO_LEVEL */
    int64_t *next;       /* [left] first edge not yet tried in this phase */
    int32_t *list;       /* [left] queue of the breadth-first search, then the path of the depth-first one */
} matcher;

static hr_status matcher_create(matcher *m, const hr_bipartite *graph, hr_error *err)
{
    hr_status status = HR_OK;
    m->graph = graph;
    HR_ALLOC(m->right_mate, graph->left);
    HR_ALLOC(m->left_mate, graph->right);
    HR_ALLOC(m->level, graph->left);
    HR_ALLOC(m->next, graph->left);
    HR_ALLOC(m->list, graph->left);
    for (int64_t l = 0; l < graph->left; l++)
        m->right_mate[l] = FREE;
    for (int64_t r = 0; r < graph->right; r++)
        m->left_mate[r] = FREE;
done:
    return status;
}

static void matcher_free(matcher *m)
{
    free(m->right_mate);
    free(m->left_mate);
    free(m->level);
    free(m->next);
    free(m->list);
}

/* Matches each left vertex to the first free neighbour: most of a maximum matching. */
static void match_greedily(matcher *m)
{
    const hr_bipartite *g = m->graph;
    for (int32_t l = 0; l < g->left; l++)
        for (int64_t e = g->ptr[l]; e < g->ptr[l + 1] && m->right_mate[l] == FREE; e++)
            if (m->left_mate[g->right_of[e]] == FREE) {
                m->right_mate[l] = g->right_of[e];
                m->left_mate[g->right_of[e]] = l;
            }
}

/* Levels of left vertices by breadth-first search from the free ones. Returns whether an augmenting path
 * exists. */
static bool find_levels(matcher *m)
{
    const hr_bipartite *g = m->graph;
    int64_t head = 0, tail = 0;
    bool augmentable = false;
    for (int32_t l = 0; l < g->left; l++) {
        m->level[l] = m->right_mate[l] == FREE ? 0 : NO_LEVEL;
        if (m->level[l] == 0)
            m->list[tail++] = l;
    }
    while (head < tail) {
        const int32_t l = m->list[head++];
        for (int64_t e = g->ptr[l]; e < g->ptr[l + 1]; e++) {
            const int32_t mate = m->left_mate[g->right_of[e]];
            if (mate == FREE) {
                augmentable = true;
            } else if (m->level[mate] == NO_LEVEL) {
                m->level[mate] = m->level[l] + 1;
                m->list[tail++] = mate;
            }
        }
    }
    return augmentable;
}

/* Matches each left vertex on the path to the right end of its edge next[l]. */
static void flip(matcher *m, int64_t length)
{
    for (int64_t i = 0; i < length; i++) {
        const int32_t l = m->list[i], r = m->graph->right_of[m->next[l]];
        m->right_mate[l] = r;
        m->left_mate[r] = l;
    }
}

/* Searches depth-first for an augmenting path along the levels, without recursion, and flips it. */
static bool augment(matcher *m, int32_t start)
{
    const hr_bipartite *g = m->graph;
    int64_t length = 0;
    m->list[length++] = start;
    while (length > 0) {
        const int32_t l = m->list[length - 1];
        if (m->next[l] == g->ptr[l + 1]) { /* a dead end, not entered again in this phase */
            if (--length > 0)
                m->next[m->list[length - 1]]++;
            continue;
        }
        const int32_t mate = m->left_mate[g->right_of[m->next[l]]];
        if (mate == FREE) {
            flip(m, length);
            return true;
        }
        if (m->level[mate] == m->level[l] + 1)
            m->list[length++] = mate;
        else
            m->next[l]++;
    }
    return false;
}

/* Phases of shortest augmenting paths, vertex-disjoint within a phase, until there are none. */
static void match(matcher *m)
{
    const hr_bipartite *g = m->graph;
    match_greedily(m);
    while (find_levels(m)) {
        for (int64_t l = 0; l < g->left; l++)
            m->next[l] = g->ptr[l];
        for (int32_t l = 0; l < g->left; l++)
            if (m->right_mate[l] == FREE && augment(m, l))
                m->level[l] = NO_LEVEL;
    }
}

/* König's construction: left vertices on no alternating path from a free left vertex, right vertices on one.
 * The last call of find_levels, which found no augmenting path, has left the levels of these paths. */
static void take_cover(const matcher *m, uint8_t *in_left, uint8_t *in_right, int64_t *size,
                       int64_t *matching)
{
    const hr_bipartite *g = m->graph;
    *size = *matching = 0;
    for (int64_t r = 0; r < g->right; r++)
        in_right[r] = m->left_mate[r] != FREE && m->level[m->left_mate[r]] != NO_LEVEL;
    for (int64_t l = 0; l < g->left; l++) {
        in_left[l] = m->right_mate[l] != FREE && m->level[l] == NO_LEVEL;
        *matching += m->right_mate[l] != FREE;
        *size += in_left[l];
    }
    for (int64_t r = 0; r < g->right; r++)
        *size += in_right[r];
}

hr_status hr_cover(const hr_bipartite *graph, uint8_t *in_left, uint8_t *in_right, int64_t *size,
                   int64_t *matching, hr_error *err)
{
    matcher m = {0};
    const hr_status status = matcher_create(&m, graph, err);
    if (status == HR_OK) {
        match(&m);
        take_cover(&m, in_left, in_right, size, matching);
    }
    matcher_free(&m);
    return status;
}
