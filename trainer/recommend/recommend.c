#include "trainer/recommend/recommend.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"
#include "trainer/recommend/known_movies.h"
#include "trainer/recommend/mmr.h"
#include "trainer/recommend/topk.h"
#include "trainer/scoring/load_scorer.h"

#include <math.h>

/* Scores of all movies for one user; NaN for those already rated. */
static hr_status score_movies(const char *checkpoint, const char *dataset, int64_t user, float *score,
                              hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    const int64_t first = 0;
    hr_loaded loaded = {0};
    hr_score_workspace workspace = {0};
    hr_status status = hr_load_scorer(&loaded, &alone, checkpoint, dataset, user, 1, err);
    if (status == HR_OK)
        status = hr_score_workspace_create(&workspace, &loaded.scorer, err);
    HR_TRY(status);
    hr_score_load_users(&loaded.scorer, &workspace, &first, 1);
    hr_score_movies(&loaded.scorer, &workspace, 0, loaded.ratings.movies, loaded.ratings.movies, score);
    for (int64_t i = 0; i < loaded.ratings.count; i++)
        score[loaded.ratings.movie[i]] = NAN;
done:
    hr_score_workspace_free(&workspace);
    hr_loaded_free(&loaded);
    return status;
}

/* Keeps the best movies or, for diversity, picks from more of the best. */
static hr_status choose(const char *dataset, const float *score, int64_t movies, int64_t top,
                        double diversity, hr_topk *list, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    hr_known_movies known = {0};
    hr_mmr_candidate *candidate = NULL;
    list->k = diversity > 0.0 ? hr_mmr_candidates(top) : top;
    HR_ALLOC(list->score, list->k);
    HR_ALLOC(list->item, list->k);
    hr_topk_offer(list, score, 0, movies);
    if (diversity > 0.0) {
        HR_TRY(hr_known_movies_read(&known, &alone, dataset, err));
        HR_TRY(hr_mmr_check(&known.similarity, dataset, err));
        HR_ALLOC(candidate, list->count);
        hr_mmr_rerank(&(hr_mmr){diversity, &known.similarity}, top, list, candidate);
    }
done:
    free(candidate);
    hr_known_movies_free(&known);
    return status;
}

hr_status hr_recommend(const char *checkpoint, const char *dataset, const char *user_id, int64_t top,
                       double diversity, hr_recommendations *best, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *data = NULL;
    hr_dataset_summary summary;
    int64_t user = 0;
    float *score = NULL;
    hr_topk list = {0};
    HR_TRY(hr_dataset_open(&data, &summary, dataset, err));
    HR_TRY(hr_dataset_find_user(data, user_id, &user, err));
    HR_TRY(hr_ids_read_one(data, "user/id", user, &best->user, err));
    HR_ALLOC(score, summary.movies);
    HR_TRY(score_movies(checkpoint, dataset, user, score, err));
    HR_TRY(choose(dataset, score, summary.movies, top, diversity, &list, err));
    best->count = list.count;
    HR_TRY(hr_dataset_read_movies(data, list.item, list.count, &best->id, &best->title, &best->genres, err));
done:
    best->score = list.score;
    free(list.item);
    free(score);
    hr_h5_close(data);
    return status;
}

void hr_recommendations_free(hr_recommendations *best)
{
    hr_ids_free(&best->user);
    hr_ids_free(&best->id);
    free(best->score);
    hr_strings_free(&best->title);
    hr_strings_free(&best->genres);
    *best = (hr_recommendations){0};
}
