/* How similar movies are to those that a user has in train: the cosine of what is written about them (TF-IDF
 * of title words, genres and tags, io/features/text_features.h) with the mean over the user's movies, and,
 * where features were imported, that of these, in shares of 0.3 and 0.7. */
#ifndef HR_TRAINER_SCORING_CONTENT_SIMILARITY_H
#define HR_TRAINER_SCORING_CONTENT_SIMILARITY_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"
#include "trainer/config/scoring_config.h"
#include "trainer/numerics/interleaved_rows.h"

#include <stdint.h>

/* Users that are scored together. */
enum { HR_CONTENT_USERS = 32 };

/* Share of imported features, where there are some. */
static const float hr_feature_share = 0.7F;

/* On each rank all movies: it grows with the catalogue. Zero-initialise; free with hr_content_free. */
typedef struct hr_content {
    hr_text text;                    /* rows of length 1, of the terms that count */
    int64_t columns;                 /* of imported features; 0 without */
    float *features;                 /* [text.movies x columns] rows of length 1, or of zeros */
    hr_interleaved_rows interleaved; /* the same */
} hr_content;

/* Reads what config->content and config->features ask for. Each process by itself. HR_INPUT where the
 * dataset has no title, genre or tag that two movies share. */
hr_status hr_content_read(hr_content *content, hr_h5 *dataset, const hr_scoring_config *config,
                          hr_error *err);
void hr_content_free(hr_content *content);

/* One thread's memory. Zero-initialise; free with hr_content_workspace_free. */
typedef struct hr_content_workspace {
    float *profile;    /* [terms x HR_CONTENT_USERS], of length 1 by user */
    float *feature;    /* [HR_CONTENT_USERS x columns] likewise */
    float *similarity; /* [movies x HR_CONTENT_USERS] of texts */
} hr_content_workspace;

/* Local. HR_MEMORY. */
hr_status hr_content_workspace_create(hr_content_workspace *workspace, const hr_content *content,
                                      hr_error *err);
void hr_content_workspace_free(hr_content_workspace *workspace);

/* Makes the profile of user number `index` of the workspace the mean of `count` movies; of none, zeros. */
void hr_content_load_user(const hr_content *content, hr_content_workspace *workspace, int64_t index,
                          const int32_t *movie, int64_t count);

/* scores [users x movies]: cosines of the first `users` profiles with all movies. */
void hr_content_score(const hr_content *content, hr_content_workspace *workspace, int64_t users,
                      float *scores);

#endif
