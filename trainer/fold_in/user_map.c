#include "trainer/fold_in/user_map.h"

#include "io/base/memory.h"

#include <cblas.h>
#include <string.h>

/* LAPACK's solution by Cholesky's factorisation, which OpenBLAS has but declares in no header. */
void dposv_(const char *triangle, const int *order, const int *columns, double *matrix, const int *stride,
            double *vector, const int *vector_stride, int *failed);

static const double ridge = 1e-3;

hr_status hr_user_map_create(hr_user_map *map, int64_t dim, bool reads_ratings, double mean_rating,
                             const float *movie_row, hr_error *err)
{
    hr_status status = HR_OK;
    *map = (hr_user_map){.dim = dim,
                         .features = (reads_ratings ? 2 : 1) * dim + 1,
                         .reads_ratings = reads_ratings,
                         .mean_rating = mean_rating,
                         .movie_row = movie_row};
    HR_ALLOC(map->square, map->features * map->features);
    HR_ALLOC(map->product, dim * map->features);
    HR_ALLOC(map->feature, HR_MAP_USERS * map->features);
    HR_ALLOC(map->parameter, HR_MAP_USERS * dim);
done:
    return status;
}

void hr_user_map_free(hr_user_map *map)
{
    free(map->square);
    free(map->product);
    free(map->feature);
    free(map->parameter);
    *map = (hr_user_map){0};
}

static bool counts(const hr_user_map *map, const hr_known_ratings *known, int64_t i)
{
    return map->reads_ratings || !known->value || known->value[i] > 0.0F;
}

void hr_user_map_features(const hr_user_map *map, const hr_known_ratings *known, double *feature)
{
    const int64_t dim = map->dim;
    double counted = 0.0;
    memset(feature, 0, (size_t)map->features * sizeof *feature);
    for (int64_t i = 0; i < known->count; i++) {
        const float *y = map->movie_row + known->movie[i] * dim;
        const double deviation = map->reads_ratings ? (double)known->value[i] - map->mean_rating : 0.0;
        if (!counts(map, known, i))
            continue;
        counted += 1.0;
        for (int64_t c = 0; c < dim; c++)
            feature[c] += (double)y[c];
        for (int64_t c = 0; map->reads_ratings && c < dim; c++)
            feature[dim + c] += deviation * (double)y[c];
    }
    for (int64_t c = 0; counted > 0.0 && c < map->features; c++)
        feature[c] /= counted;
    feature[map->features - 1] = 1.0;
}

/* Adds the waiting users to the sums. */
static void add_waiting(hr_user_map *map)
{
    const int n = (int)map->features, dim = (int)map->dim, users = (int)map->waiting;
    if (users == 0)
        return;
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, n, users, 1.0, map->feature, n, 1.0, map->square, n);
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, dim, n, users, 1.0, map->parameter, dim,
                map->feature, n, 1.0, map->product, n);
    map->waiting = 0;
}

static void add_user(hr_user_map *map, const hr_known_ratings *known, const float *parameter)
{
    const int64_t at = map->waiting++;
    hr_user_map_features(map, known, map->feature + at * map->features);
    for (int64_t c = 0; c < map->dim; c++)
        map->parameter[at * map->dim + c] = (double)parameter[c];
    if (map->waiting == HR_MAP_USERS)
        add_waiting(map);
}

void hr_user_map_add(hr_user_map *map, const hr_ratings *r, const float *parameter, int32_t *movie,
                     float *value)
{
    for (int64_t user = 0; user < r->users; user++) {
        hr_known_ratings known = {movie, r->value ? value : NULL, 0};
        for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
            if (r->split[i] == HR_TRAIN) {
                movie[known.count] = r->movie[i];
                value[known.count++] = r->value ? r->value[i] : 1.0F;
            }
        if (known.count > 0)
            add_user(map, &known, parameter + user * map->dim);
    }
}

hr_status hr_user_map_solve(hr_user_map *map, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t n = map->features, last = n - 1;
    const int order = (int)n, columns = (int)map->dim;
    int failed = 0;
    double trace = 0.0;
    add_waiting(map);
    HR_TRY(hr_sum_f64(comm, map->square, n * n, err));
    HR_TRY(hr_sum_f64(comm, map->product, n * map->dim, err));
    for (int64_t c = 0; c < last; c++)
        trace += map->square[c * (n + 1)];
    for (int64_t c = 0; c < last; c++)
        map->square[c * (n + 1)] += ridge * trace / (double)last;
    /* rows of the lower triangle are LAPACK's columns of the upper one */
    dposv_("U", &order, &columns, map->square, &order, map->product, &order, &failed);
    if (failed != 0) /* no user was added, or movies' rows are all zeros */
        memset(map->product, 0, (size_t)(n * map->dim) * sizeof *map->product);
done:
    return status;
}

void hr_user_map_apply(const hr_user_map *map, const double *feature, float *parameter)
{
    for (int64_t c = 0; c < map->dim; c++)
        parameter[c] = (float)cblas_ddot((int)map->features, feature, 1, map->product + c * map->features, 1);
}
