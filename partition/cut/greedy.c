#include "partition/cut/greedy.h"

#include "io/base/memory.h"

#include <string.h>

static const double imbalance = 0.01, row_imbalance = 0.25;

hr_status hr_greedy_create(hr_greedy *greedy, int32_t parts, hr_error *err)
{
    hr_status status = HR_OK;
    greedy->parts = parts;
    HR_ALLOC(greedy->load, parts);
    HR_ALLOC(greedy->rows, parts);
done:
    return status;
}

void hr_greedy_free(hr_greedy *greedy)
{
    free(greedy->load);
    free(greedy->rows);
    *greedy = (hr_greedy){0};
}

/* A vertex without edges has the weight of one. */
static int64_t weight_of(int32_t degree)
{
    return degree > 0 ? degree : 1;
}

void hr_greedy_begin(hr_greedy *greedy, const int32_t *degree, int64_t count)
{
    int64_t sum = 0;
    for (int64_t v = 0; v < count; v++)
        sum += weight_of(degree[v]);
    greedy->room = (1.0 + imbalance) * (double)sum / greedy->parts;
    greedy->most_rows = 1.0 + (1.0 + row_imbalance) * (double)count / greedy->parts;
    greedy->kept = 0;
    memset(greedy->load, 0, (size_t)greedy->parts * sizeof *greedy->load);
    memset(greedy->rows, 0, (size_t)greedy->parts * sizeof *greedy->rows);
}

static int32_t least_loaded(const hr_greedy *greedy)
{
    int32_t least = 0;
    for (int32_t p = 1; p < greedy->parts; p++)
        if (greedy->load[p] < greedy->load[least])
            least = p;
    return least;
}

int32_t hr_greedy_place(hr_greedy *greedy, int32_t degree, const hr_candidate *candidates, int32_t count)
{
    const int64_t weight = weight_of(degree);
    hr_candidate chosen = {-1, 0};
    double best = 0.0;
    for (int32_t i = 0; i < count && candidates[i].count > 0; i++) {
        const int32_t part = candidates[i].part;
        const double left = greedy->room - (double)greedy->load[part], score = candidates[i].count * left;
        const double rows = 1.0 + (double)greedy->rows[part];
        if ((double)weight <= left && rows <= greedy->most_rows && score > best) {
            best = score;
            chosen = candidates[i];
        }
    }
    if (chosen.part < 0)
        chosen.part = least_loaded(greedy);
    greedy->load[chosen.part] += weight;
    greedy->rows[chosen.part]++;
    greedy->kept += chosen.count;
    return chosen.part;
}
