/* Lists of a tile of users: all movies scored for them, and the best picked, by rules that each user has. */
#ifndef HR_TRAINER_LISTS_RANK_TILE_H
#define HR_TRAINER_LISTS_RANK_TILE_H

#include "trainer/lists/lists.h"
#include "trainer/recommend/mmr.h"
#include "trainer/recommend/selection.h"
#include "trainer/scoring/scorer.h"

#include <stdbool.h>
#include <stdint.h>

/* Users are ranked in tiles, a tile's users against one chunk of movies after the other: movies and scores of a chunk stay
 * in the second cache. */
enum { HR_LIST_USERS = HR_WORKSPACE_USERS, HR_LIST_MOVIES = 1024 };

/* What a user's list is picked by. */
typedef struct hr_list_rules {
    const uint8_t *allowed; /* [movies] which may be listed; NULL: all */
    bool keeps_seen;        /* whether movies that the user has rated are listed */
    const uint8_t *stays;   /* [movies] which of these are listed anyway; NULL: none */
    int64_t top;            /* movies of the list */
    int64_t depth;          /* those that diversity picks from; top without */
    hr_mmr mmr;
} hr_list_rules;

/* Rules of lists of `top` movies with this diversity, of all unseen ones. */
hr_list_rules hr_list_rules_of(int64_t top, double diversity, const hr_similarities *similarity);

/* What all lists have in common. */
typedef struct hr_ranking {
    const hr_scorer *scorer; /* with the users set */
    bool clips;              /* whether scores are ratings, which are clipped to lowest … highest */
    double lowest, highest;
} hr_ranking;

/* One thread's memory of making lists. Zero-initialise; free with hr_lists_workspace_free. */
typedef struct hr_lists_workspace {
    hr_score_workspace scoring;
    float *scores; /* [HR_LIST_USERS x HR_LIST_MOVIES] */
    hr_selection selection[HR_LIST_USERS];
    int64_t next[HR_LIST_USERS]; /* the user's first rating that is not yet excluded */
    int64_t depth;
    hr_topk best;                /* [depth] */
    hr_mmr_candidate *candidate; /* [depth] */
} hr_lists_workspace;

/* For a scorer, and lists picked from up to `depth` movies. HR_MEMORY. */
hr_status hr_lists_workspace_create(hr_lists_workspace *workspace, const hr_scorer *scorer, int64_t depth,
                                    hr_error *err);
void hr_lists_workspace_free(hr_lists_workspace *workspace);

/* Makes it one for lists picked from at least `depth` movies. HR_MEMORY. */
hr_status hr_lists_workspace_deepen(hr_lists_workspace *workspace, int64_t depth, hr_error *err);

/* Makes the lists of users first … first + users - 1 of the scorer's, users <= HR_LIST_USERS, into the same of `lists`; a user's
 * list does not depend on the others.
 *   rules  [users] no deeper than the workspace, top <= lists->k
 * Local. */
void hr_rank_tile(const hr_ranking *ranking, hr_lists_workspace *workspace, const hr_list_rules *const *rules,
                  int64_t first, int64_t users, hr_lists *lists);

#endif
