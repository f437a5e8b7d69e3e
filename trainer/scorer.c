#include "trainer/scorer.h"

#include "io/memory.h"
#include "partition/blocks.h"
#include "trainer/simd.h"

#include <cblas.h>
#include <string.h>

static hr_status scorer_new(hr_scorer *scorer, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(scorer->movie_row, scorer->ratings->movies * scorer->dim);
done:
    return status;
}

hr_status hr_scorer_create(hr_scorer *scorer, const hr_comm *comm, const hr_ratings *ratings,
                           const float *block, int64_t dim, hr_error *err)
{
    scorer->ratings = ratings;
    scorer->dim = dim;
    scorer->user_row = block;
    hr_status status = scorer_new(scorer, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_blocks_gather_movies(comm, block + ratings->users * dim, ratings->movies, dim,
                                   scorer->movie_row, err));
done:
    return status;
}

void hr_scorer_free(hr_scorer *scorer)
{
    free(scorer->movie_row);
    *scorer = (hr_scorer){0};
}

hr_status hr_score_desk_create(hr_score_desk *desk, const hr_scorer *scorer, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(desk->rows, HR_DESK_USERS * scorer->dim);
done:
    return status;
}

void hr_score_desk_free(hr_score_desk *desk)
{
    free(desk->rows);
    *desk = (hr_score_desk){0};
}

void hr_score_seat(const hr_scorer *scorer, hr_score_desk *desk, const int64_t *user, int64_t users)
{
    const int64_t dim = scorer->dim;
    desk->users = users;
    for (int64_t p = 0; p < users; p++)
        memcpy(desk->rows + p * dim, scorer->user_row + user[p] * dim, (size_t)dim * sizeof *desk->rows);
}

void hr_score_movies(const hr_scorer *scorer, hr_score_desk *desk, int64_t first, int64_t count,
                     int64_t stride, float *scores)
{
    const int dim = (int)scorer->dim;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)desk->users, (int)count, dim, 1.0F, desk->rows,
                dim, scorer->movie_row + first * dim, dim, 0.0F, scores, (int)stride);
}

float hr_score_pair(const hr_scorer *scorer, const hr_score_desk *desk, int64_t place, int64_t movie)
{
    const int64_t dim = scorer->dim;
    return hr_dot(desk->rows + place * dim, scorer->movie_row + movie * dim, dim);
}
