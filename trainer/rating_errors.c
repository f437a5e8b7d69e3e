#include "trainer/rating_errors.h"

#include "io/memory.h"
#include "partition/blocks.h"
#include "trainer/simd.h"

#include <math.h>
#include <string.h>

/* Lowest and highest train rating of all ranks. */
static hr_status find_range(const hr_comm *comm, const hr_ratings *ratings, double *lowest, double *highest,
                            hr_error *err)
{
    double most[2] = {-INFINITY, -INFINITY};
    for (int64_t i = 0; i < ratings->count; i++)
        if (ratings->split[i] == HR_TRAIN) {
            most[0] = fmax(most[0], -(double)ratings->value[i]);
            most[1] = fmax(most[1], (double)ratings->value[i]);
        }
    const hr_status status = hr_max_f64(comm, most, 2, err);
    *lowest = -most[0];
    *highest = most[1];
    return status;
}

hr_status hr_rating_errors_measure(const hr_comm *comm, const hr_ratings *ratings, hr_split split,
                                   const float *block, int64_t dim, hr_rating_errors *errors, hr_error *err)
{
    hr_status status = HR_OK;
    double lowest = 0.0, highest = 0.0, sums[3] = {0.0, 0.0, 0.0};
    float *movies = hr_alloc(ratings->movies * dim, sizeof *movies);
    if (!movies)
        status = hr_no_room(err, ratings->movies * dim, sizeof *movies, "all movies' rows");
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_blocks_gather_movies(comm, block + ratings->users * dim, ratings->movies, dim, movies, err));
    HR_TRY(find_range(comm, ratings, &lowest, &highest, err));
    for (int64_t u = 0; u < ratings->users; u++)
        for (int64_t i = ratings->ptr[u]; i < ratings->ptr[u + 1]; i++) {
            if (ratings->split[i] != (uint8_t)split)
                continue;
            const float score = hr_dot(block + u * dim, movies + ratings->movie[i] * dim, dim);
            const double error = fmin(fmax((double)score, lowest), highest) - (double)ratings->value[i];
            sums[0] += 1.0;
            sums[1] += error * error;
            sums[2] += fabs(error);
        }
    HR_TRY(hr_sum_f64(comm, sums, 3, err));
    const double share = sums[0] > 0.0 ? 1.0 / sums[0] : 0.0;
    *errors = (hr_rating_errors){sums[0], sqrt(sums[1] * share), sums[2] * share};
done:
    free(movies);
    return status;
}

void hr_rating_errors_to_json(const hr_rating_errors *errors, json_t *object)
{
    json_object_set_new(object, "ratings", json_integer((json_int_t)errors->ratings));
    json_object_set_new(object, "rmse", json_real(errors->rmse));
    json_object_set_new(object, "mae", json_real(errors->mae));
}
