/* Which models are mixed beside the one that a command names first, and in what shares: the options --with and --mixture. */
#ifndef HR_TRAINER_SCORING_MIXING_H
#define HR_TRAINER_SCORING_MIXING_H

#include "io/base/error.h"
#include "io/options/options.h"
#include "trainer/config/scoring_config.h"

#include <stdbool.h>

/* Texts belong to the caller. */
typedef struct hr_mixing {
    const char *other[HR_MIXTURE_MODELS - 1]; /* [others] checkpoints of other models */
    int others;
    const char *
        shares; /* as hr_mixture_parse reads them; NULL or "": those of the run, or equal ones of several models */
} hr_mixing;

/* Whether other models or shares are asked for. */
static inline bool hr_mixing_asked(const hr_mixing *mixing)
{
    return mixing->others > 0 || (mixing->shares && *mixing->shares);
}

/* What a command's options struct has for it. */
typedef struct hr_mixing_options {
    char with[HR_TEXT_LENGTH], mixture[HR_TEXT_LENGTH];
} hr_mixing_options;

/* The rows of a table of options. `from` is the offset of an hr_mixing_options. */
#define HR_MIXING_OPTIONS(from, shares_help)                                                                 \
    {"with",                                                                                                 \
     "FILE",                                                                                                 \
     HR_OPTION_TEXT,                                                                                         \
     HR_OPTION_CALL,                                                                                         \
     (from) + offsetof(hr_mixing_options, with),                                                             \
     0,                                                                                                      \
     0,                                                                                                      \
     NULL,                                                                                                   \
     "checkpoint of another model of the same data, whose scores are mixed with those of the first; more "   \
     "by giving the option again"},                                                                          \
    {                                                                                                        \
        "mixture", "SHARES", HR_OPTION_TEXT, HR_OPTION_CALL, (from) + offsetof(hr_mixing_options, mixture),  \
            0, 0, NULL, shares_help                                                                          \
    }

/* What --mixture says of itself, where it reads shares and nothing else. */
#define HR_MIXING_SHARES                                                                                     \
    "shares of the models, each scaled to [0, 1], such as 60/40 with one --with; or "                        \
    "CONTENT/MODEL/POPULARITY, and then one for each --with; without it equal shares, or those of the run"

/* Reads them off a command line, whose words must outlive it. HR_USAGE where there are too many. */
hr_status hr_mixing_read(hr_mixing *mixing, const hr_command_line *line, hr_error *err);

#endif
