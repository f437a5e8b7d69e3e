#include "trainer/train_options.h"

#include "trainer/sampler.h"

const hr_train_options hr_train_defaults = {.model = "lightgcn",
                                            .dim = 64,
                                            .layers = 3,
                                            .batch = 0,
                                            .sample = HR_SAMPLE_USER,
                                            .pool = 2048,
                                            .hard_negatives = 8,
                                            .lr = 0.01,
                                            .decay = 1e-3,
                                            .epochs = 60,
                                            .patience = 5,
                                            .eval_every = 5,
                                            .seed = 1,
                                            .checkpoint_every = 1000};

enum { SMALLEST_BATCH = 8192, STEPS_AN_EPOCH = 128 };

int64_t hr_train_batch(const hr_train_options *options, int64_t edges)
{
    const int64_t share = edges / STEPS_AN_EPOCH;
    if (options->batch > 0)
        return options->batch;
    return share > SMALLEST_BATCH ? share : SMALLEST_BATCH;
}

static const char *const sample_modes[] = {[HR_SAMPLE_USER] = "user", [HR_SAMPLE_EDGE] = "edge", NULL};

#define AT(member) offsetof(hr_train_options, member)

const hr_option hr_train_table[] = {
    {"model", "NAME", HR_OPTION_TEXT, HR_OPTION_FIXED, AT(model), 0, 0, NULL, "what to train"},
    {"dim", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(dim), 1, 4096, NULL, "columns of an embedding"},
    {"layers", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(layers), 0, 16, NULL, "propagation steps"},
    {"batch", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(batch), 0, 1 << 28, NULL,
     "samples a step, over all ranks; 0: 8192, or 1/128 of the edges if more"},
    {"sample", "user|edge", HR_OPTION_CHOICE, HR_OPTION_RUN, AT(sample), 0, 0, sample_modes,
     "draw a user, then a movie of the user; or an edge"},
    {"pool", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(pool), 1, 1 << 20, NULL,
     "movies a step draws its negatives from"},
    {"hard-negatives", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(hard_negatives), 1, 1 << 16, NULL,
     "pool movies a positive looks at, taking the hardest"},
    {"lr", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(lr), 1e-12, 1e3, NULL, "Adam's step size"},
    {"decay", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(decay), 0, 1e6, NULL, "L2 on the embeddings of a batch"},
    {"epochs", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(epochs), 1, 1 << 30, NULL, "at most this many"},
    {"patience", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(patience), 0, 1 << 30, NULL,
     "stop after N evaluations without a better recall@20 on valid; 0: never"},
    {"eval-every", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(eval_every), 1, 1 << 30, NULL,
     "epochs between evaluations on valid"},
    {"valid", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(valid), 0, 0.9, NULL,
     "share of train to hold out where the data has no valid part"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_FIXED, AT(seed), 0, 9e15, NULL, "of all that is random"},
    {"partition", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(partition), 0, 0, NULL,
     "made by halorec partition for this number of ranks; else cut now"},
    {"checkpoint", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(checkpoint), 0, 0, NULL,
     "where to write the trained model"},
    {"checkpoint-every", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(checkpoint_every), 0, 1 << 30, NULL,
     "steps between checkpoints on the way; 0: only at the end"},
    {"resume", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(resume), 0, 0, NULL,
     "go on from this checkpoint, with its options where none are given"},
    {"log", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(log), 0, 0, NULL,
     "one JSON object a line, an epoch each"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};
