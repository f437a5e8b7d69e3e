/* What scores are mixed of, resolved (train_config.h). */
#ifndef HR_TRAINER_CONFIG_SCORING_CONFIG_H
#define HR_TRAINER_CONFIG_SCORING_CONFIG_H

#include "io/options/options.h"

#include <stdbool.h>

/* What similarity of movies goes by: title words, genres and tags, or tags alone. */
typedef enum hr_content_kind { HR_CONTENT_ALL, HR_CONTENT_TAGS } hr_content_kind;

/* Most models that scores are mixed of. */
enum { HR_MIXTURE_MODELS = 4 };

typedef struct hr_scoring_config {
    char mixture[HR_TEXT_LENGTH]; /* as hr_mixture_parse reads it; "": the model's scores alone */
    hr_content_kind content;
    char features[HR_TEXT_LENGTH]; /* HDF5 file of imported features of movies, or "" */
    double valid;                  /* share of train that is held out for validation */
    bool predicts_ratings;         /* whether scores are ratings */
} hr_scoring_config;

#endif
