/* One thread's memory of making lists. */
#ifndef HR_TRAINER_LISTS_LIST_WORKSPACE_H
#define HR_TRAINER_LISTS_LIST_WORKSPACE_H

#include "trainer/lists/recommender.h"
#include "trainer/recommend/selection.h"

/* Users are ranked in tiles, a tile's users against one chunk of movies after the other: movies and scores of a chunk stay
 * in the second cache. */
enum { HR_LIST_USERS = HR_WORKSPACE_USERS, HR_LIST_MOVIES = 1024 };

struct hr_lists_workspace {
    hr_score_workspace scoring;
    float *scores; /* [HR_LIST_USERS x HR_LIST_MOVIES] */
    hr_selection selection[HR_LIST_USERS];
    int64_t next[HR_LIST_USERS]; /* the user's first rating that is not yet excluded */
    hr_topk best;                /* [depth] */
    hr_mmr_candidate *candidate; /* [depth] */
};

/* For the recommender's scorer and depth. HR_MEMORY. */
hr_status hr_lists_workspace_create(hr_lists_workspace *workspace, const hr_recommender *recommender,
                                    hr_error *err);
void hr_lists_workspace_free(hr_lists_workspace *workspace);

#endif
