/* Why a model gives a movie its score for a user: the score as a sum of parts, and what each of the user's movies gives. */
#ifndef HR_TRAINER_EXPLAIN_EXPLANATION_H
#define HR_TRAINER_EXPLAIN_EXPLANATION_H

#include "io/base/strings.h"
#include "io/dataset/ids.h"
#include "trainer/explain/paths.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Most parts: six of each model, and those of the mixture. */
enum { HR_MOST_PARTS = 32, HR_PART_NAME = 48 };

/* The parts, of which those that a model does not have are missing, and which add up to the score:
 *
 *     collaborative  what the user's movies give to the model's score (carriers.h)
 *     own            what the model's score has of the user beside them
 *     remainder      the same, where equations are not solved to the end: als, ials, mf of ratings
 *     mean, user_bias, movie_bias
 *     popularity     of the model popular, or in a mixture
 *     rating         of the model toprated
 *     content, tags  of a mixture: title words, genres and imported features; tags
 *     offset         of a mixture, in which each score is moved so that the lowest of any movie becomes 0
 *     clip           what the score is cut by to lie in the range of ratings
 *     rounding       what single precision and compressed messages leave, where it is above 1e-6 of the score
 *
 * Those of a mixture are after its scaling. Where it is of several models, each model's own parts have its name before theirs:
 * ease.collaborative, ials.collaborative, ials.own; ials2.collaborative of a second ials. */
typedef struct hr_part {
    char name[HR_PART_NAME];
    double value;
} hr_part;

/* One of the user's movies. */
typedef struct hr_reason {
    int32_t movie;
    double share; /* of the score: collaborative, content and tags together */
    float rating; /* the user's; NaN where it is not known */
} hr_reason;

/* Zero-initialise; free with hr_explanation_free. */
typedef struct hr_explanation {
    int32_t movie;
    double score;
    int parts;
    hr_part part[HR_MOST_PARTS];
    int64_t reasons;
    /* [reasons] all movies of the user, but of a newcomer the explained one; the largest share first, of equals the smaller movie */
    hr_reason *reason;
    double mean_rating; /* of the user; NaN where it is not known */
    bool reads_ratings; /* whether shares depend on how high the user rated */
    hr_strings genres,
        tags; /* what each of the first reasons, all or as many as were asked for, has in common with the
                                movie: names joined by ", " */
    hr_paths paths;
    hr_ids path_user; /* [paths.kept] original ids */
} hr_explanation;

void hr_explanation_free(hr_explanation *explanation);

/* A part's value; 0 for one that is missing. */
double hr_explanation_part(const hr_explanation *explanation, const char *name);

/* Adds to a part, of the model with that label (explain.h) or, "", of none; it is new where it is missing. */
void hr_explanation_add(hr_explanation *explanation, const char *label, const char *name, double value);

/* How many of the first reasons the sentence names: up to three of positive share. */
int64_t hr_explanation_named(const hr_explanation *explanation);

/* What the first `count` reasons give, of all positive shares; 0 without any. */
double hr_explanation_weight(const hr_explanation *explanation, int64_t count);

/* How the user rated a reason, compared with the user's mean: 1 above, -1 below, 0 as the mean, or unknown. */
int hr_explanation_opinion(const hr_explanation *explanation, int64_t reason);

#endif
