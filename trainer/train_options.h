/* The options of a training run: the struct, its defaults, and the table that the command line, --help and
 * the checkpoint share. */
#ifndef HR_TRAINER_TRAIN_OPTIONS_H
#define HR_TRAINER_TRAIN_OPTIONS_H

#include "io/error.h"
#include "io/options.h"

#include <stdint.h>

typedef struct hr_train_options {
    char model[HR_TEXT_LENGTH];
    int64_t dim, layers;
    int64_t batch;          /* samples a step, over all ranks; 0: see hr_train_batch */
    int sample;             /* an hr_sample_mode */
    int64_t pool;           /* movies that a step draws negatives from */
    int64_t hard_negatives; /* of which each positive looks at so many and takes the hardest */
    double lr, decay;
    int64_t epochs, patience, eval_every;
    double valid;
    int64_t seed;
    int64_t checkpoint_every; /* steps; 0: only at the end */
    char partition[HR_TEXT_LENGTH], checkpoint[HR_TEXT_LENGTH], resume[HR_TEXT_LENGTH], log[HR_TEXT_LENGTH];
} hr_train_options;

extern const hr_train_options hr_train_defaults;

/* Samples a step for a graph of so many train edges: the batch asked for, or else 8,192, or 1/128 of the
 * edges where that is more, for on a large graph a step's propagation costs far more than its samples. */
int64_t hr_train_batch(const hr_train_options *options, int64_t edges);

extern const hr_option hr_train_table[];

#endif
