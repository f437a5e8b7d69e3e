/* A newcomer: somebody of whom nothing is known but some movies, liked or not, or rated.
 *
 * A model of rankings takes the movies that are liked or rated for the user's, as training takes every rating; those that
 * are disliked are none of them: ials scores them low (fold_in/least_squares.h), the others leave them out. A
 * model of ratings takes a movie that is liked for one with the highest of the train ratings, one that is disliked for
 * one with the lowest. */
#ifndef HR_TRAINER_LISTS_NEWCOMER_H
#define HR_TRAINER_LISTS_NEWCOMER_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/scoring/load_scorer.h"
#include "trainer/scoring/user_block.h"

#include <stdint.h>

/* A movie that is opened counts as one that is liked, but may be listed (rank_tile.h: `stays`). */
typedef enum hr_opinion { HR_LIKES, HR_DISLIKES, HR_RATES, HR_OPENS } hr_opinion;

/* One movie of a newcomer. */
typedef struct hr_newcomer_movie {
    int32_t movie;
    hr_opinion opinion;
    float rating; /* of HR_RATES */
} hr_newcomer_movie;

/* Zero-initialise; free with hr_newcomer_free. */
typedef struct hr_newcomer {
    hr_newcomer_movie *movie; /* [count] */
    int64_t count, capacity;
} hr_newcomer;

void hr_newcomer_free(hr_newcomer *newcomer);

/* Adds a movie by its id or title (catalogue.h). HR_INPUT where no movie, or more than one, is meant; HR_MEMORY. Local. */
hr_status hr_newcomer_add(hr_newcomer *newcomer, const hr_catalogue *catalogue, const char *text,
                          hr_opinion opinion, float rating, hr_error *err);

/* Adds a movie by its number. HR_MEMORY. Local. */
hr_status hr_newcomer_add_movie(hr_newcomer *newcomer, int32_t movie, hr_opinion opinion, float rating,
                                hr_error *err);

/* Adds the movies of a text file: a line each, of an id or title, a comma or a tab, and a rating; what is after the
 * last comma or tab is the rating, so that titles may have commas, in quotes or not. Empty lines are passed over, and so
 * is a first line "movie,rating". HR_IO, HR_INPUT with the line that is not one, HR_MEMORY. Local. */
hr_status hr_newcomer_read(hr_newcomer *newcomer, const hr_catalogue *catalogue, const char *path,
                           hr_error *err);

/* Makes the newcomer a block of one user, with the rows that the models fold in. The newcomer's movies are HR_KNOWN there,
 * those that a model of rankings leaves out HR_VALID: seen, but nothing that content goes by. HR_USAGE where a movie is named
 * twice, or the model has nothing to go by; HR_INPUT, HR_MEMORY. Local. */
hr_status hr_newcomer_block(hr_newcomer *newcomer, hr_loaded *loaded, const hr_catalogue *catalogue,
                            hr_user_block *block, hr_error *err);

#endif
