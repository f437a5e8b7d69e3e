#include "trainer/lists/recommender.h"

#include "io/base/memory.h"
#include "trainer/catalogue/movie_file.h"

#include <cblas.h>
#include <omp.h>
#include <string.h>

enum { USUAL_TOP = 10 };

static bool has_candidates(const hr_list_request *request)
{
    return request->candidates && *request->candidates;
}

/* Which movies may be listed. Collective. */
static hr_status apply_filters(hr_recommender *r, const hr_comm *comm, const hr_list_request *request,
                               hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = r->catalogue.movies;
    if (!hr_movie_filter_asks(&request->filter) && !has_candidates(request))
        return HR_OK;
    HR_ALLOC(r->allowed, movies);
    memset(r->allowed, !has_candidates(request), (size_t)movies);
    if (has_candidates(request))
        HR_TRY(hr_movie_file_read(r->allowed, &r->catalogue, request->candidates, err));
    HR_TRY(hr_movie_filter_apply(&request->filter, &r->catalogue, r->train.of_movie, r->allowed, err));
done:
    return hr_agree(comm, status, NULL, err);
}

/* How lists are picked, of lists as long as is asked for. */
static void choose_rules(hr_recommender *r, const hr_list_request *request)
{
    const int64_t movies = r->catalogue.movies;
    int64_t candidates = 0;
    for (int64_t m = 0; has_candidates(request) && m < movies; m++)
        candidates += r->allowed[m];
    const int64_t top = request->top > 0 ? request->top : candidates > 0 ? candidates : USUAL_TOP;
    r->rules = hr_list_rules_of(top < movies ? top : movies, request->diversity, &r->known.similarity);
    r->rules.allowed = r->allowed;
    r->rules.keeps_seen = request->keeps_seen || has_candidates(request);
}

/* Predicted ratings are clipped as evaluation clips them. A mixture is no rating. Collective. */
static hr_status read_train(hr_recommender *r, const hr_comm *comm, const hr_list_request *request,
                            hr_error *err)
{
    const hr_loaded *l = &r->loaded;
    const bool predicts = l->scoring.predicts_ratings && l->mixer.mixture.bands == 0;
    r->ranking.clips = predicts;
    if (!predicts && !hr_movie_filter_asks_popularity(&request->filter))
        return HR_OK;
    const hr_status status =
        hr_train_figures_read(&r->train, comm, l->source.dataset, &l->data, l->source.valid, predicts, err);
    r->ranking.lowest = r->train.lowest;
    r->ranking.highest = r->train.highest;
    return status;
}

static hr_status create_workspaces(hr_recommender *r, hr_error *err)
{
    hr_status status = HR_OK;
    r->threads = omp_get_max_threads();
    HR_ALLOC(r->workspace, r->threads);
    for (int i = 0; i < r->threads; i++)
        HR_TRY(hr_lists_workspace_create(&r->workspace[i], &r->loaded.scorer, r->rules.depth, err));
done:
    return status;
}

hr_status hr_recommender_create(hr_recommender *recommender, const hr_comm *comm, const char *checkpoint,
                                const char *dataset, const hr_list_request *request, hr_error *err)
{
    hr_status status = HR_OK;
    hr_recommender *r = recommender;
    r->loaded.mixing = request->mixing;
    HR_TRY(hr_load_model(&r->loaded, comm, checkpoint, dataset, err));
    HR_TRY(hr_catalogue_read(&r->catalogue, comm, dataset, err));
    HR_TRY(read_train(r, comm, request, err));
    HR_TRY(apply_filters(r, comm, request, err));
    if (request->diversity > 0.0) {
        HR_TRY(hr_known_movies_read(&r->known, comm, dataset, err));
        HR_TRY(hr_mmr_check(&r->known.similarity, dataset, err));
    }
    choose_rules(r, request);
    status = hr_agree(comm, create_workspaces(r, err), NULL, err);
done:
    return status;
}

/* Ranks the tile of users first … first + users - 1, all by the same rules. */
static void rank_tile(hr_recommender *r, int thread, int64_t first, int64_t users, hr_lists *lists)
{
    const hr_list_rules *rules[HR_LIST_USERS];
    for (int64_t i = 0; i < users; i++)
        rules[i] = &r->rules;
    hr_rank_tile(&r->ranking, &r->workspace[thread], rules, first, users, lists);
}

void hr_recommender_rank(hr_recommender *recommender, const hr_user_block *users, hr_lists *lists)
{
    const int64_t count = users->users;
    recommender->ranking.scorer = &recommender->loaded.scorer;
    hr_scorer_set_users(&recommender->loaded.scorer, &users->ratings, users->row);
    openblas_set_num_threads(1); /* threads take tiles */
#pragma omp parallel for schedule(dynamic, 1) num_threads(recommender->threads)
    for (int64_t first = 0; first < count; first += HR_LIST_USERS)
        rank_tile(recommender, omp_get_thread_num(), first,
                  count - first < HR_LIST_USERS ? count - first : HR_LIST_USERS, lists);
}

void hr_recommender_free(hr_recommender *recommender)
{
    for (int i = 0; recommender->workspace && i < recommender->threads; i++)
        hr_lists_workspace_free(&recommender->workspace[i]);
    free(recommender->workspace);
    free(recommender->allowed);
    hr_train_figures_free(&recommender->train);
    hr_known_movies_free(&recommender->known);
    hr_catalogue_free(&recommender->catalogue);
    hr_loaded_free(&recommender->loaded);
    *recommender = (hr_recommender){0};
}
