#include "trainer/lists/recommender.h"

#include "io/base/memory.h"
#include "trainer/catalogue/movie_file.h"
#include "trainer/lists/list_workspace.h"

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

/* How long lists are, and what diversity picks from. */
static void choose_lengths(hr_recommender *r, const hr_list_request *request)
{
    const int64_t movies = r->catalogue.movies;
    int64_t candidates = 0;
    for (int64_t m = 0; has_candidates(request) && m < movies; m++)
        candidates += r->allowed[m];
    r->top = request->top > 0 ? request->top : candidates > 0 ? candidates : USUAL_TOP;
    r->top = r->top < movies ? r->top : movies;
    r->mmr = (hr_mmr){request->diversity, &r->known.similarity};
    r->depth = request->diversity > 0.0 ? hr_mmr_candidates(r->top) : r->top;
}

/* Predicted ratings are clipped as evaluation clips them. A mixture is no rating. Collective. */
static hr_status read_train(hr_recommender *r, const hr_comm *comm, const hr_list_request *request,
                            hr_error *err)
{
    const hr_loaded *l = &r->loaded;
    r->predicts_ratings = l->scoring.predicts_ratings && l->mixer.mixture.bands == 0;
    if (!r->predicts_ratings && !hr_movie_filter_asks_popularity(&request->filter))
        return HR_OK;
    return hr_train_figures_read(&r->train, comm, l->source.dataset, &l->data, l->source.valid,
                                 r->predicts_ratings, err);
}

static hr_status create_workspaces(hr_recommender *r, hr_error *err)
{
    hr_status status = HR_OK;
    r->threads = omp_get_max_threads();
    HR_ALLOC(r->workspace, r->threads);
    for (int i = 0; i < r->threads; i++)
        HR_TRY(hr_lists_workspace_create(&r->workspace[i], r, err));
done:
    return status;
}

hr_status hr_recommender_create(hr_recommender *recommender, const hr_comm *comm, const char *checkpoint,
                                const char *dataset, const hr_list_request *request, hr_error *err)
{
    hr_status status = HR_OK;
    hr_recommender *r = recommender;
    r->keeps_seen = request->keeps_seen || has_candidates(request);
    HR_TRY(hr_load_model(&r->loaded, comm, checkpoint, dataset, err));
    HR_TRY(hr_catalogue_read(&r->catalogue, comm, dataset, err));
    HR_TRY(read_train(r, comm, request, err));
    HR_TRY(apply_filters(r, comm, request, err));
    if (request->diversity > 0.0) {
        HR_TRY(hr_known_movies_read(&r->known, comm, dataset, err));
        HR_TRY(hr_mmr_check(&r->known.similarity, dataset, err));
    }
    choose_lengths(r, request);
    status = hr_agree(comm, create_workspaces(r, err), NULL, err);
done:
    return status;
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
