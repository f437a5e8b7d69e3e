#include "trainer/scoring/scorer.h"

#include "io/base/memory.h"
#include "partition/halo/blocks.h"
#include "trainer/kernels/scores.h"

#include <string.h>

/* Pairs that an MLP scores at a time: the activations of its layers stay in the second cache. */
enum { PAIRS = 512 };

static hr_status scorer_new(hr_scorer *scorer, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(scorer->movie_row, scorer->movies * scorer->dim);
    if (scorer->mlp.layers > 0)
        HR_ALLOC(scorer->movie_half, scorer->movies * scorer->mlp.width[0]);
    else
        HR_TRY(hr_interleaved_rows_create(&scorer->interleaved, scorer->movies, scorer->dim,
                                          scorer->mlp.summation, err));
done:
    return status;
}

hr_status hr_scorer_create_of_movies(hr_scorer *scorer, const hr_comm *comm, int64_t movies,
                                     const float *block, const hr_mlp_shape *mlp, const float *weights,
                                     const hr_mixer *mixer, hr_error *err)
{
    scorer->movies = movies;
    scorer->dim = mlp->columns;
    scorer->mlp = *mlp;
    scorer->weights = weights;
    scorer->mixer = mixer && mixer->mixture.bands > 0 ? mixer : NULL;
    hr_status status = scorer_new(scorer, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_blocks_gather_movies(comm, block, movies, scorer->dim, scorer->movie_row, err));
    if (scorer->interleaved.line)
        hr_interleaved_rows_fill(&scorer->interleaved, scorer->movie_row, movies);
    if (mlp->layers > 0)
        hr_mlp_halves(mlp, weights, true, movies, scorer->movie_row, scorer->movie_half);
done:
    return status;
}

void hr_scorer_set_users(hr_scorer *scorer, const hr_ratings *ratings, float *const *user_row)
{
    scorer->ratings = ratings;
    for (int i = 0; i <= scorer->others; i++)
        scorer->user_row[i] = user_row[i];
}

void hr_scorer_add(hr_scorer *scorer, const hr_scorer *other)
{
    scorer->other[scorer->others++] = other;
}

hr_status hr_scorer_create(hr_scorer *scorer, const hr_comm *comm, const hr_ratings *ratings,
                           const float *block, const hr_mlp_shape *mlp, const float *weights,
                           const hr_mixer *mixer, hr_error *err)
{
    scorer->ratings = ratings;
    scorer->user_row[0] = block;
    return hr_scorer_create_of_movies(scorer, comm, ratings->movies, block + ratings->users * mlp->columns,
                                      mlp, weights, mixer, err);
}

void hr_scorer_free(hr_scorer *scorer)
{
    free(scorer->movie_row);
    free(scorer->movie_half);
    hr_interleaved_rows_free(&scorer->interleaved);
    *scorer = (hr_scorer){0};
}

void hr_scorer_set_rating_scores(hr_scorer *scorer, const hr_rating_scores *by_ratings, const void *scores)
{
    scorer->by_ratings = by_ratings;
    scorer->rating_scores = scores;
}

/* Whether the loaded users' scores with all movies are kept. */
static bool keeps_whole(const hr_scorer *scorer)
{
    return scorer->mixer || scorer->by_ratings;
}

/* What one model's scores take. */
static hr_status create_of_model(hr_score_workspace *workspace, const hr_scorer *scorer, bool whole,
                                 hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(workspace->rows, HR_WORKSPACE_USERS * scorer->dim);
    if (whole)
        HR_ALLOC(workspace->whole, HR_WORKSPACE_USERS * scorer->movies);
    workspace->by_ratings = scorer->by_ratings;
    if (scorer->by_ratings)
        HR_TRY(scorer->by_ratings->workspace_create(&workspace->of_ratings, scorer->rating_scores, err));
    if (scorer->mlp.layers == 0)
        return HR_OK;
    HR_ALLOC(workspace->half, HR_WORKSPACE_USERS * scorer->mlp.width[0]);
    HR_ALLOC(workspace->pair, PAIRS);
    HR_TRY(hr_mlp_create(&workspace->mlp, &scorer->mlp, PAIRS, 0, err));
done:
    return status;
}

hr_status hr_score_workspace_create(hr_score_workspace *workspace, const hr_scorer *scorer, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(create_of_model(workspace, scorer, keeps_whole(scorer), err));
    if (!scorer->mixer)
        return HR_OK;
    if (scorer->mixer->uses_content)
        HR_TRY(hr_content_workspace_create(&workspace->content, &scorer->mixer->content, err));
    HR_ALLOC(workspace->similarity, HR_WORKSPACE_USERS * scorer->movies);
    HR_ALLOC(workspace->known, scorer->movies);
    HR_ALLOC(workspace->other, scorer->others);
    for (; workspace->others < scorer->others;) { /* counted first: what is half made is freed too */
        const int i = workspace->others++;
        HR_TRY(create_of_model(&workspace->other[i], scorer->other[i], true, err));
    }
done:
    return status;
}

void hr_score_workspace_free(hr_score_workspace *workspace)
{
    for (int i = 0; i < workspace->others; i++)
        hr_score_workspace_free(&workspace->other[i]);
    free(workspace->other);
    free(workspace->rows);
    free(workspace->half);
    free(workspace->pair);
    hr_mlp_free(&workspace->mlp);
    hr_content_workspace_free(&workspace->content);
    if (workspace->of_ratings)
        workspace->by_ratings->workspace_destroy(workspace->of_ratings);
    free(workspace->whole);
    free(workspace->similarity);
    free(workspace->known);
    *workspace = (hr_score_workspace){0};
}

/* Scores of one user with movies first … first + count - 1, count <= PAIRS, by the MLP. */
static void score_by_mlp(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t index, int64_t first,
                         int64_t count, float *scores)
{
    const int64_t dim = scorer->dim, width = scorer->mlp.width[0];
    for (int64_t i = 0; i < count; i++)
        workspace->pair[i] =
            (hr_mlp_pair){workspace->rows + index * dim, scorer->movie_row + (first + i) * dim,
                          workspace->half + index * width, scorer->movie_half + (first + i) * width, 0};
    hr_mlp_forward(&workspace->mlp, scorer->weights, workspace->pair, count, HR_AT_REST);
    memcpy(scores, workspace->mlp.score, (size_t)count * sizeof *scores);
}

/* Scores of all loaded users with some movies by their rows. */
static void score_by_rows(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t first,
                          int64_t count, int64_t stride, float *scores)
{
    if (scorer->mlp.layers == 0)
        hr_interleaved_rows_products(&scorer->interleaved, workspace->rows, workspace->users, first, count,
                                     scores, stride);
    for (int64_t p = 0; scorer->mlp.layers > 0 && p < workspace->users; p++)
        for (int64_t m = 0; m < count; m += PAIRS)
            score_by_mlp(scorer, workspace, p, first + m, count - m < PAIRS ? count - m : PAIRS,
                         scores + p * stride + m);
}

/* Those with all movies by the model alone, into workspace->whole; what the users rated is in `ratings`. */
static void score_whole(const hr_scorer *scorer, hr_score_workspace *workspace, const hr_ratings *ratings,
                        const int64_t *user)
{
    const int64_t movies = scorer->movies;
    if (scorer->by_ratings)
        scorer->by_ratings->score(scorer->rating_scores, workspace->of_ratings, ratings, user,
                                  workspace->users, workspace->whole);
    else
        score_by_rows(scorer, workspace, 0, movies, movies, workspace->whole);
}

/* The movies of a user's train and known ratings, gathered into `movie`; returns how many. */
static int64_t list_known(const hr_ratings *ratings, int64_t user, int32_t *movie)
{
    int64_t count = 0;
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++)
        if (hr_split_is_known(ratings->split[i], HR_VALID))
            movie[count++] = ratings->movie[i];
    return count;
}

/* Whether the model has learned anything of loaded user number `index`: a new user has a row of zeros, which does not
 * count where scores are made of ratings, or no ratings that are known. */
static bool knows(const hr_scorer *scorer, const hr_score_workspace *workspace, int64_t index,
                  int64_t ratings)
{
    const float *row = workspace->rows + index * scorer->dim;
    bool has = scorer->by_ratings != NULL;
    for (int64_t c = 0; !has && c < scorer->dim; c++)
        has = row[c] != 0.0F;
    return has && ratings > 0;
}

/* Similarities of `users` loaded users, from number `first` on, with all movies. */
static void compare_content(const hr_scorer *scorer, hr_score_workspace *workspace, const int64_t *user,
                            int64_t first, int64_t users)
{
    for (int64_t p = 0; p < users; p++) {
        const int64_t ratings = list_known(scorer->ratings, user[first + p], workspace->known);
        hr_content_load_user(&scorer->mixer->content, &workspace->content, p, workspace->known, ratings);
    }
    hr_content_score(&scorer->mixer->content, &workspace->content, users,
                     workspace->similarity + first * scorer->movies);
}

/* Mixes the scores of the loaded users with all movies: the parts of a mixture are scaled over all movies. */
static void mix(const hr_scorer *scorer, hr_score_workspace *workspace, const int64_t *user)
{
    const int64_t movies = scorer->movies, users = workspace->users;
    for (int64_t first = 0; scorer->mixer->uses_content && first < users; first += HR_CONTENT_USERS)
        compare_content(scorer, workspace, user, first,
                        users - first < HR_CONTENT_USERS ? users - first : HR_CONTENT_USERS);
    for (int64_t p = 0; p < users; p++) {
        const int64_t ratings = list_known(scorer->ratings, user[p], workspace->known);
        bool known_to[HR_MIXTURE_MODELS] = {knows(scorer, workspace, p, ratings)};
        float *score[HR_MIXTURE_MODELS] = {workspace->whole + p * movies};
        for (int i = 0; i < scorer->others; i++) {
            known_to[1 + i] = knows(scorer->other[i], &workspace->other[i], p, ratings);
            score[1 + i] = workspace->other[i].whole + p * movies;
        }
        hr_mixer_mix(scorer->mixer, ratings, known_to, movies, workspace->similarity + p * movies, score);
    }
}

/* Loads users' rows by one model. */
static void load_rows(const hr_scorer *scorer, hr_score_workspace *workspace, const float *row,
                      const int64_t *user, int64_t users)
{
    const int64_t dim = scorer->dim;
    workspace->users = users;
    for (int64_t p = 0; p < users; p++)
        memcpy(workspace->rows + p * dim, row + user[p] * dim, (size_t)dim * sizeof *workspace->rows);
    if (scorer->mlp.layers > 0)
        hr_mlp_halves(&scorer->mlp, scorer->weights, false, users, workspace->rows, workspace->half);
}

void hr_score_load_users(const hr_scorer *scorer, hr_score_workspace *workspace, const int64_t *user,
                         int64_t users)
{
    load_rows(scorer, workspace, scorer->user_row[0], user, users);
    if (keeps_whole(scorer))
        score_whole(scorer, workspace, scorer->ratings, user);
    for (int i = 0; i < workspace->others; i++) {
        load_rows(scorer->other[i], &workspace->other[i], scorer->user_row[1 + i], user, users);
        score_whole(scorer->other[i], &workspace->other[i], scorer->ratings, user);
    }
    if (scorer->mixer)
        mix(scorer, workspace, user);
}

void hr_score_movies(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t first, int64_t count,
                     int64_t stride, float *scores)
{
    if (!keeps_whole(scorer)) {
        score_by_rows(scorer, workspace, first, count, stride, scores);
        return;
    }
    for (int64_t p = 0; p < workspace->users; p++)
        memcpy(scores + p * stride, workspace->whole + p * scorer->movies + first,
               (size_t)count * sizeof *scores);
}

float hr_score_pair(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t index, int64_t movie)
{
    float score = 0.0F, block[HR_LANES];
    const int64_t first = movie / HR_LANES * HR_LANES;
    if (keeps_whole(scorer))
        return workspace->whole[index * scorer->movies + movie];
    if (scorer->mlp.layers == 0) {
        hr_interleaved_rows_products(&scorer->interleaved, workspace->rows + index * scorer->dim, 1, first,
                                     HR_LANES, block, HR_LANES);
        return block[movie - first];
    }
    score_by_mlp(scorer, workspace, index, movie, 1, &score);
    return score;
}
