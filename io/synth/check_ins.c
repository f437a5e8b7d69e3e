#include "io/synth/check_ins.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/philox.h"
#include "io/base/search.h"

#include <math.h>
#include <string.h>

/* Films have the same streams, but never in the same dataset. */
enum { STREAM_LOCATION = HR_STREAM_SYNTH, STREAM_TOWNS_OF_USER, STREAM_TASTE, STREAM_VISIT };

/* Draws at home and in the other town before a user goes elsewhere for a visit. */
enum { DRAWS_AT_HOME = 64 };

/* Weights are whole numbers of thousandths. */
enum { THOUSAND = 1000, LEAST_TASTE = 10 };

const char *const hr_location_kind_names[HR_LOCATION_KINDS] = {"Restaurant", "Cafe",   "Bar",  "Shop",
                                                               "Station",    "Park",   "Gym",  "Cinema",
                                                               "Hotel",      "Museum", "Lake", "Library"};

/* Locations by town and kind: group town * HR_LOCATION_KINDS + kind. */
typedef struct map {
    const hr_check_ins *shape;
    int64_t *town_weight;     /* [towns + 1] prefix sums of the towns' sizes */
    int64_t *ptr;             /* [groups + 1] offsets of groups in `location` */
    int64_t *location;        /* [locations] */
    int64_t *location_weight; /* [locations + 1] prefix sums of popularity, in the order of `location` */
} map;

/* A user on the way. */
typedef struct visitor {
    int64_t home, other;              /* towns */
    int64_t taste[HR_LOCATION_KINDS]; /* thousandths */
    int64_t user;
    uint32_t draws;
} visitor;

static hr_status reserve_map(map *m, const hr_check_ins *shape, hr_error *err)
{
    hr_status status = HR_OK;
    *m = (map){.shape = shape};
    HR_ALLOC(m->town_weight, shape->towns + 1);
    HR_ALLOC(m->ptr, shape->towns * HR_LOCATION_KINDS + 1);
    HR_ALLOC(m->location, shape->locations);
    HR_ALLOC(m->location_weight, shape->locations + 1);
done:
    return status;
}

static void free_map(map *m)
{
    free(m->town_weight);
    free(m->ptr);
    free(m->location);
    free(m->location_weight);
}

/* Index of the interval of prefix sums that a number drawn below their total lies in; intervals of weight 0
 * are never drawn. The total is above 0.
 *   sums  [count + 1] */
static int64_t draw_by_weight(const int64_t *sums, int64_t count, uint32_t high, uint32_t low)
{
    const int64_t drawn = sums[0] + (int64_t)hr_below64(high, low, (uint64_t)(sums[count] - sums[0]));
    return hr_lower_bound_i64(sums + 1, count, drawn + 1);
}

static int64_t draw_town(const map *m, uint32_t word)
{
    return draw_by_weight(m->town_weight, m->shape->towns, word, 0);
}

static void size_towns(map *m)
{
    for (int64_t t = 0; t < m->shape->towns; t++)
        m->town_weight[t + 1] = m->town_weight[t] + llround(1e6 * pow((double)(t + 1), -0.7));
}

/* Pareto's tail, moved down so that most locations have few visits. */
static int64_t draw_popularity(uint32_t word)
{
    return llround(THOUSAND * (pow(hr_uniform(word), -1.0 / 1.1) - 0.7));
}

static hr_status draw_locations(map *m, int32_t *town, uint64_t *kind, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t locations = m->shape->locations;
    int32_t *group = NULL; /* [locations] */
    HR_ALLOC(group, locations);
    for (int64_t p = 0; p < locations; p++) {
        const hr_random4 r = hr_philox(m->shape->seed, (hr_stream)STREAM_LOCATION, 0, (uint64_t)p);
        const uint32_t k = hr_below(r.word[1], HR_LOCATION_KINDS);
        kind[p] = (uint64_t)1 << k;
        town[p] = (int32_t)draw_town(m, r.word[0]);
        group[p] = town[p] * HR_LOCATION_KINDS + (int32_t)k;
    }
    hr_counting_sort(group, locations, m->shape->towns * HR_LOCATION_KINDS, m->ptr, m->location);
    for (int64_t i = 0; i < locations; i++) {
        const hr_random4 r =
            hr_philox(m->shape->seed, (hr_stream)STREAM_LOCATION, 0, (uint64_t)m->location[i]);
        m->location_weight[i + 1] = m->location_weight[i] + draw_popularity(r.word[2]);
    }
done:
    free(group);
    return status;
}

/* Shares of kinds by the fourth powers of uniform numbers, much as Dirichlet's distribution of concentration
 * 1/4 has them. */
static void draw_taste(visitor *v, uint64_t seed)
{
    double power[HR_LOCATION_KINDS], sum = 0.0;
    for (int k = 0; k < HR_LOCATION_KINDS; k++) {
        const hr_random4 r = hr_philox(seed, (hr_stream)STREAM_TASTE, (uint32_t)k / 4, (uint64_t)v->user);
        const double square = hr_uniform(r.word[k % 4]) * hr_uniform(r.word[k % 4]);
        power[k] = square * square;
        sum += power[k];
    }
    for (int k = 0; k < HR_LOCATION_KINDS; k++)
        v->taste[k] = LEAST_TASTE + llround(THOUSAND * (power[k] / sum));
}

static visitor draw_visitor(const map *m, int64_t user)
{
    const hr_random4 r = hr_philox(m->shape->seed, (hr_stream)STREAM_TOWNS_OF_USER, 0, (uint64_t)user);
    visitor v = {.home = draw_town(m, r.word[0]), .other = draw_town(m, r.word[1]), .user = user};
    draw_taste(&v, m->shape->seed);
    return v;
}

/* A location of the town; -1 where it has none. */
static int64_t draw_location(const map *m, const visitor *v, int64_t town, const hr_random4 *r)
{
    const int64_t *ptr = m->ptr + town * HR_LOCATION_KINDS;
    int64_t sums[HR_LOCATION_KINDS + 1] = {0};
    for (int k = 0; k < HR_LOCATION_KINDS; k++)
        sums[k + 1] = sums[k] + v->taste[k] * (m->location_weight[ptr[k + 1]] - m->location_weight[ptr[k]]);
    if (sums[HR_LOCATION_KINDS] == 0)
        return -1;
    const int64_t k = draw_by_weight(sums, HR_LOCATION_KINDS, r->word[1], 0);
    return m->location[ptr[k] + draw_by_weight(m->location_weight + ptr[k], ptr[k + 1] - ptr[k], r->word[2],
                                               r->word[3])];
}

/* The next location that the user has not visited. */
static int32_t draw_visit(const map *m, visitor *v, const int64_t *last_visitor)
{
    int64_t location = -1;
    for (int tried = 0; location < 0 || last_visitor[location] == v->user + 1; tried++) {
        const hr_random4 r =
            hr_philox(m->shape->seed, (hr_stream)STREAM_VISIT, v->draws++, (uint64_t)v->user);
        const int64_t town = tried >= DRAWS_AT_HOME        ? draw_town(m, r.word[0])
                             : hr_below(r.word[0], 10) > 0 ? v->home
                                                           : v->other;
        location = draw_location(m, v, town, &r);
    }
    return (int32_t)location;
}

static hr_status draw_visits(const map *m, int32_t *visited, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t *user_ptr = m->shape->user_ptr;
    int64_t *last_visitor = NULL; /* [locations] the last user who visited it, plus 1 */
    HR_ALLOC(last_visitor, m->shape->locations);
    for (int64_t u = 0; u < m->shape->users; u++) {
        visitor v = draw_visitor(m, u);
        for (int64_t i = user_ptr[u]; i < user_ptr[u + 1]; i++) {
            visited[i] = draw_visit(m, &v, last_visitor);
            last_visitor[visited[i]] = u + 1;
        }
    }
done:
    free(last_visitor);
    return status;
}

hr_status hr_check_ins_draw(const hr_check_ins *shape, int32_t *town, uint64_t *kind, int32_t *visited,
                            hr_error *err)
{
    hr_status status = HR_OK;
    map m = {0};
    HR_TRY(reserve_map(&m, shape, err));
    size_towns(&m);
    HR_TRY(draw_locations(&m, town, kind, err));
    HR_TRY(draw_visits(&m, visited, err));
done:
    free_map(&m);
    return status;
}
