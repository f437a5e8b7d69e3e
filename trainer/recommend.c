#include "trainer/recommend.h"

#include "io/checkpoint.h"
#include "io/dataset.h"
#include "io/memory.h"
#include "trainer/topk.h"

#include <cblas.h>
#include <math.h>

/* Scores of all movies for one user, those already rated blanked out. */
static hr_status score_movies(const char *checkpoint, hr_h5 *data, const hr_dataset_summary *summary,
                              int64_t user, float *score, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_checkpoint_summary trained;
    hr_checkpoint_rows rows = {.name = "output"};
    hr_ratings ratings = {0};
    HR_TRY(hr_checkpoint_open(&file, &trained, NULL, checkpoint, err));
    HR_TRY(hr_checkpoint_match(file, &trained, summary->fingerprint, err));
    const hr_checkpoint_block block = {user, 1, 0, trained.movies};
    const int dim = (int)trained.dim;
    HR_ALLOC(rows.block, (1 + trained.movies) * dim);
    HR_TRY(hr_checkpoint_read(file, &trained, &rows, &block, err));
    HR_TRY(hr_dataset_read_slice(data, user, 1, 0.0, &ratings, err));
    cblas_sgemv(CblasRowMajor, CblasNoTrans, (int)trained.movies, dim, 1.0F, rows.block + dim, dim,
                rows.block, 1, 0.0F, score, 1);
    for (int64_t i = 0; i < ratings.count; i++)
        score[ratings.movie[i]] = NAN;
done:
    hr_ratings_free(&ratings);
    free(rows.block);
    hr_h5_close(file);
    return status;
}

hr_status hr_recommend(const char *checkpoint, const char *dataset, int64_t user_id, int64_t top,
                       hr_recommendations *best, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *data = NULL;
    hr_dataset_summary summary;
    int64_t user = 0;
    float *score = NULL;
    hr_topk list = {.k = top};
    HR_TRY(hr_dataset_open(&data, &summary, dataset, err));
    HR_TRY(hr_dataset_find_user(data, user_id, &user, err));
    HR_ALLOC(score, summary.movies);
    HR_TRY(score_movies(checkpoint, data, &summary, user, score, err));
    HR_ALLOC(best->score, top);
    HR_ALLOC(list.item, top);
    list.score = best->score;
    hr_topk_offer(&list, score, 0, summary.movies);
    best->count = list.count;
    HR_ALLOC(best->id, top);
    HR_TRY(hr_dataset_read_movies(data, list.item, list.count, best->id, &best->title, &best->genres, err));
done:
    free(list.item);
    free(score);
    hr_h5_close(data);
    return status;
}

void hr_recommendations_free(hr_recommendations *best)
{
    free(best->id);
    free(best->score);
    hr_strings_free(&best->title);
    hr_strings_free(&best->genres);
    *best = (hr_recommendations){0};
}
