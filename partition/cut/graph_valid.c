/* Whether a graph is what graph.h says. */
#include "io/base/search.h"
#include "partition/cut/graph.h"

#include <stdbool.h>

/* Whether ptr and index are compressed rows, columns ascending strictly within a row, as many as `degree` says. */
static bool is_csr(const int64_t *ptr, const int32_t *index, int64_t rows, int64_t columns,
                   const int32_t *degree)
{
    if (!ptr || (!index && ptr[rows] > 0) || ptr[0] != 0)
        return false;
    for (int64_t r = 0; r < rows; r++) {
        if (ptr[r + 1] - ptr[r] != degree[r])
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
            const int64_t u = g->movie_user[e], first = g->user_ptr[u];
            if (hr_find_i32(g->user_movie + first, g->user_ptr[u + 1] - first, (int32_t)m) == HR_NOT_FOUND)
                return false;
        }
    return true;
}

bool hr_graph_is_valid(const hr_graph *g)
{
    if (g->edges <= 0 || g->users <= 0 || g->movies <= 0 || !g->degree || !g->user_ptr ||
        (g->comm.size == 1 && g->edges != hr_graph_edges_here(g)) ||
        !is_csr(g->user_ptr, g->user_movie, g->users_here, g->movies, g->degree + g->first_user))
        return false;
    return !g->movie_ptr || (is_csr(g->movie_ptr, g->movie_user, g->movies, g->users, g->degree + g->users) &&
                             directions_agree(g));
}
