#include "tests/support/matching.h"

#include <stdlib.h>
#include <string.h>

typedef struct kuhn {
    const hr_bipartite *graph;
    int64_t *mate; /* [right] matched left vertex, or -1 */
    char *tried;   /* [right] */
} kuhn;

static int augment(kuhn *k, int64_t left)
{
    for (int64_t e = k->graph->ptr[left]; e < k->graph->ptr[left + 1]; e++) {
        const int32_t right = k->graph->right_of[e];
        if (k->tried[right])
            continue;
        k->tried[right] = 1;
        if (k->mate[right] < 0 || augment(k, k->mate[right])) {
            k->mate[right] = left;
            return 1;
        }
    }
    return 0;
}

int64_t largest_matching(const hr_bipartite *graph)
{
    const size_t right = (size_t)graph->right + 1;
    kuhn k = {graph, malloc(right * sizeof(int64_t)), malloc(right)};
    int64_t size = 0;
    memset(k.mate, 0xFF, right * sizeof(int64_t));
    for (int64_t left = 0; left < graph->left; left++) {
        memset(k.tried, 0, right);
        size += augment(&k, left);
    }
    free(k.tried);
    free(k.mate);
    return size;
}
