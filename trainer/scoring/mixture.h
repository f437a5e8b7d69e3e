/* Scores mixed of several: similarity to the user's movies (content_similarity.h), what each of one or more models says, and
 * popularity, each scaled to [0, 1] over all movies, in shares that depend on how much is known of the user. Where one model
 * has all shares, its scores stay as they are.
 */
#ifndef HR_TRAINER_SCORING_MIXTURE_H
#define HR_TRAINER_SCORING_MIXTURE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/config/scoring_config.h"
#include "trainer/scoring/content_similarity.h"

#include <stdbool.h>
#include <stdint.h>

enum { HR_MIXTURE_BANDS = 8 };

/* Shares for users with fewer than `below` train ratings. */
typedef struct hr_mixture_band {
    int64_t below;
    double content, popularity, model[HR_MIXTURE_MODELS]; /* of sum 1 */
} hr_mixture_band;

/* In ascending order; the last is for all others. */
typedef struct hr_mixture {
    int bands; /* 0: nothing is mixed */
    int models;
    hr_mixture_band band[HR_MIXTURE_BANDS];
} hr_mixture;

/* Reads "5:70/20/10,10:50/35/15,30/60/10": below 5 ratings 70 parts of content, 20 of the model and 10 of
 * popularity, and so on. Shares of further models follow, such as 10/50/0/40 of two; of models alone, one each is enough:
 * 60/40. "" mixes nothing. HR_USAGE for anything else.
 *   models  1 … HR_MIXTURE_MODELS */
hr_status hr_mixture_parse(const char *text, int models, hr_mixture *mixture, hr_error *err);

/* The shares for a user with so many train ratings. The share of a model that does not know the user goes to
 * the others; where none of those that
 * have shares does, they stay as they are.
 *   knows  [mixture->models] whether each model knows the user */
hr_mixture_band hr_mixture_of(const hr_mixture *mixture, int64_t ratings, const bool *knows);

/* The model that has all shares; -1 where none has. */
int hr_mixture_alone(const hr_mixture_band *band, int models);

/* Whether content has a share. */
bool hr_mixture_wants_content(const hr_mixture *mixture);

/* What scores are mixed from, on one rank. Zero-initialise; free with hr_mixer_free. */
typedef struct hr_mixer {
    hr_mixture mixture;
    bool uses_content; /* whether content has a share */
    hr_content content;
    float *popularity; /* [movies] train ratings, scaled to [0, 1] */
} hr_mixer;

/* Reads what config->mixture, of so many models, needs from the dataset file; nothing where that is "". Collective; all ranks
 * return the same status. HR_USAGE, HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_mixer_create(hr_mixer *mixer, const hr_comm *comm, const char *dataset, int models,
                          const hr_scoring_config *config, hr_error *err);
void hr_mixer_free(hr_mixer *mixer);

/* Mixes one user's scores with all movies.
 *   ratings  the user's train ratings
 *   knows    [models] whether each model has learned anything of the user
 *   content  [movies] cosines, which are scaled in place; zeros where content has no share
 *   score    [models][movies] the models', scaled in place; the first receives what is mixed
 * Local. */
void hr_mixer_mix(const hr_mixer *mixer, int64_t ratings, const bool *knows, int64_t movies, float *content,
                  float *const *score);

#endif
