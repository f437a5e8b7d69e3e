#include "bench/cache_misses.h"

#include "io/base/memory.h"

#include <stdbool.h>

static int by_fewest_uses(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

hr_status hr_misses_of_busiest(const int32_t *line, int64_t count, int64_t lines, int64_t capacity,
                               int64_t *misses, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *uses = NULL;
    *misses = 0;
    HR_ALLOC(uses, lines);
    for (int64_t i = 0; i < count; i++)
        uses[line[i]]++;
    qsort(uses, (size_t)lines, sizeof *uses, by_fewest_uses);
    for (int64_t i = 0; i < lines - capacity; i++)
        *misses += uses[i] > 0 ? uses[i] - 1 : 0;
done:
    free(uses);
    return status;
}

/* The lines of a cache in a ring: the one used last comes after `lines`, which stands for none, and the one used
 * longest ago before it. */
typedef struct ring {
    int32_t *before, *after; /* [lines + 1]; -1 where a line was never used, its own number where it left */
    int32_t none;
} ring;

static void take_out(ring *r, int32_t x)
{
    r->after[r->before[x]] = r->after[x];
    r->before[r->after[x]] = r->before[x];
    r->before[x] = r->after[x] = x;
}

static void put_first(ring *r, int32_t x)
{
    const int32_t second = r->after[r->none];
    r->before[x] = r->none;
    r->after[x] = second;
    r->after[r->none] = r->before[second] = x;
}

hr_status hr_misses_of_recent(const int32_t *line, int64_t count, int64_t lines, int64_t capacity,
                              int64_t *misses, hr_error *err)
{
    hr_status status = HR_OK;
    ring r = {.none = (int32_t)lines};
    int64_t held = 0;
    *misses = 0;
    HR_ALLOC(r.before, lines + 1);
    HR_ALLOC(r.after, lines + 1);
    for (int64_t i = 0; i < lines; i++)
        r.before[i] = -1;
    r.before[lines] = r.after[lines] = r.none;
    for (int64_t i = 0; i < count; i++) {
        const int32_t x = line[i];
        const bool left = r.before[x] == x, inside = r.before[x] >= 0 && !left;
        *misses += left;
        held += !inside;
        if (inside)
            take_out(&r, x);
        if (held > capacity) {
            take_out(&r, r.before[r.none]);
            held--;
        }
        put_first(&r, x);
    }
done:
    free(r.after);
    free(r.before);
    return status;
}

hr_status hr_cache_misses(const int32_t *line, int64_t count, int64_t lines, int64_t capacity,
                          int64_t *misses, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t recent = 0;
    HR_TRY(hr_misses_of_busiest(line, count, lines, capacity, misses, err));
    HR_TRY(hr_misses_of_recent(line, count, lines, capacity, &recent, err));
    *misses = recent < *misses ? recent : *misses;
done:
    return status;
}
