/* The options of a training run as asked: the struct, its defaults, and the table that the command line,
 * --help and checkpoints share. What a run does is in train_config.h. */
#ifndef HR_TRAINER_CONFIG_TRAIN_OPTIONS_H
#define HR_TRAINER_CONFIG_TRAIN_OPTIONS_H

#include "io/base/error.h"
#include "io/options/options.h"
#include "partition/cut/graph.h"
#include "trainer/config/scoring_config.h"
#include "trainer/loss/loss_config.h"
#include "trainer/models/model_config.h"
#include "trainer/optimiser/optimiser_config.h"
#include "trainer/sampling/sampling_config.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_train_options {
    char model[HR_TEXT_LENGTH];
    int loss;   /* an hr_loss */
    int recipe; /* an hr_recipe: what the other options default to */
    int64_t dim, layers;
    double user_power;         /* of propagation.h */
    int halo;                  /* an hr_wire */
    char grid[HR_TEXT_LENGTH]; /* "PxC", or "" */
    int64_t batch;             /* samples a step, over all ranks; 0: by the graph's size */
    int sample;                /* an hr_sample_mode */
    int pool_from;             /* an hr_pool_from */
    int64_t pool;              /* movies that a step draws negatives from; 0: each sample draws its own */
    int64_t negatives;         /* pool movies that a positive is compared with; 0: by the graph's size */
    double deviation;          /* standard deviation of parameters at the start */
    int64_t spectral_rounds;   /* rounds of the spectral start; 0: a random one */
    int64_t cg;                /* steps of conjugate gradients of a half sweep */
    bool no_biases;            /* als without biases */
    double unobserved;         /* weight of a pair that was not rated; 0: by the graph's size */
    double movie_power, step;  /* of a filter (trainer/filters/filter.h); below 0: chosen */
    int64_t degree, vectors;   /* vectors 0: chosen */
    int optimiser;             /* an hr_optimiser */
    double lr;
    double decay;             /* 0 with ials and rankings by mf: by the graph's size */
    double weight_decay;      /* of adamw */
    double clip;              /* largest length of all gradients together; 0: no limit */
    int64_t warmup;           /* steps in which the step size grows from 0 */
    int64_t heads;            /* of attention */
    double dense_lr;          /* Adam's step size for dense weights */
    char mlp[HR_TEXT_LENGTH]; /* widths of the hidden layers of the MLP that scores, or "" */
    double dropout;           /* share of activations left out in training, of the MLP and of layers */
    double message_dropout;   /* share of edges left out in training */
    int aggregate;            /* an hr_aggregate */
    bool batch_norm, row_norm;
    double ridge;       /* L2 on each row, however often it is used; 0 with ease: by the data */
    int64_t neighbours; /* entries of each row of item-item weights; 0: all */
    double shrinkage;   /* of cosines */
    double self_weight; /* most that a movie weighs for itself */
    double alpha;       /* power of transition probabilities */
    double beta;        /* of popularity; or of a filter: below 0: chosen */
    int schedule;       /* an hr_schedule */
    int64_t epochs, patience, eval_every;
    int64_t eval_users;           /* that an evaluation ranks for; 0: by the cost of training */
    char mixture[HR_TEXT_LENGTH]; /* as hr_mixture_parse reads it, or "" */
    int content;                  /* an hr_content_kind: what similarity goes by */
    char item_features[HR_TEXT_LENGTH];
    double valid;
    int64_t seed;
    int64_t checkpoint_every;  /* steps between two; 0: none by steps */
    double checkpoint_minutes; /* minutes between two; 0: none by the clock */
    int64_t checkpoint_keep;   /* number of checkpoints kept, with the newest */
    bool reproducible;         /* whether sums are reproducible (summation.h) */
    int64_t stall_timeout;     /* seconds; 0: no limit */
    int progress;              /* an hr_progress_mode */
    bool json;                 /* whether the checkpoint is described at the end */
    char partition[HR_TEXT_LENGTH], checkpoint[HR_TEXT_LENGTH], resume[HR_TEXT_LENGTH], log[HR_TEXT_LENGTH];
} hr_train_options;

/* Sets of defaults: those of halorec, found by measuring (docs/decisions), and those of LightGCN's authors:
 * plain BPR with uniform negatives, drawn again while rated, from a random start, batch 2048, rate 0.001,
 * decay 1e-4, up to 1000 epochs. */
typedef enum hr_recipe { HR_RECIPE_FAST, HR_RECIPE_REFERENCE } hr_recipe;

/* The word for --resume that stands for the newest whole checkpoint. */
#define HR_RESUME_AUTO "auto"

extern const hr_train_options hr_train_defaults;

extern const hr_option hr_train_table[];

/* The words of --loss, by hr_loss, and of --halo, by hr_wire, each with a NULL at the end. */
extern const char *const hr_loss_names[], *const hr_wire_names[];

/* Whether kept options are of ease as it was before it had --self-weight: as Steck published it, with a ridge by the graph's size. */
bool hr_train_options_are_of_plain_ease(const json_t *kept);

/* Fills in the options that a checkpoint keeps; others stay. What plain ease kept and did not use becomes 0. Errors as hr_options_from_json. */
hr_status hr_train_options_from_json(const json_t *kept, hr_train_options *options, hr_error *err);

#endif
