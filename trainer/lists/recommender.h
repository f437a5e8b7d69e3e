/* What makes lists: a trained model, which movies may be listed, and how lists are picked. */
#ifndef HR_TRAINER_LISTS_RECOMMENDER_H
#define HR_TRAINER_LISTS_RECOMMENDER_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/catalogue/movie_filter.h"
#include "trainer/lists/rank_tile.h"
#include "trainer/recommend/known_movies.h"
#include "trainer/scoring/load_scorer.h"
#include "trainer/scoring/train_figures.h"

#include <stdbool.h>
#include <stdint.h>

/* What is asked for. */
typedef struct hr_list_request {
    int64_t top;            /* movies of a list; 0: 10, or all candidates where these are given */
    double diversity;       /* of mmr.h; 0: none */
    bool keeps_seen;        /* whether movies that the user has rated are listed */
    hr_movie_filter filter; /* which movies are listed */
    hr_mixing mixing;       /* other models, and shares */
    const char *
        candidates; /* file of movies, of which a list is made, seen or not (movie_file.h); NULL or "": none */
} hr_list_request;

/* On each rank. Zero-initialise; free with hr_recommender_free; it must stay where it is. It grows with the catalogue, not
 * with users or ratings. */
typedef struct hr_recommender {
    hr_loaded loaded;
    hr_catalogue catalogue;
    hr_known_movies known; /* of which diversity is */
    uint8_t *allowed;      /* [movies] which may be listed; NULL: all */
    hr_list_rules rules;   /* of all lists */
    hr_ranking ranking;
    hr_train_figures train; /* read where ratings are predicted, or a filter asks for popularity */
    int threads;
    hr_lists_workspace *workspace; /* [threads] */
} hr_recommender;

/* Loads all that is asked for. Collective; all ranks return the same status. HR_IO, HR_INPUT where a file is damaged or the
 * checkpoint is of another dataset, HR_USAGE for what the request asks and the data does not have, HR_MEMORY, HR_COMM. */
hr_status hr_recommender_create(hr_recommender *recommender, const hr_comm *comm, const char *checkpoint,
                                const char *dataset, const hr_list_request *request, hr_error *err);
void hr_recommender_free(hr_recommender *recommender);

/* Makes the lists of all users of the block, known ones or newcomers, into lists->count, movie and score; a user's list
 * does not depend on the others. lists->users >= users->users, lists->k = recommender->rules.top. Local, by all threads. */
void hr_recommender_rank(hr_recommender *recommender, const hr_user_block *users, hr_lists *lists);

#endif
