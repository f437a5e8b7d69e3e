/* All titles of a catalogue compared with one that is wanted. */
#ifndef HR_TRAINER_CATALOGUE_TITLE_SEARCH_H
#define HR_TRAINER_CATALOGUE_TITLE_SEARCH_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/catalogue/title_match.h"

#include <stdint.h>

enum { HR_TITLE_CANDIDATES = 5 };

/* What was found. */
typedef struct hr_title_search {
    int64_t count[HR_TITLE_OTHER], movie[HR_TITLE_OTHER]; /* of each level: how many, and the first of them */
    int distance;                                         /* the smallest */
    int64_t nearest, nearest_count;                       /* movies at this distance */
    int candidates;
    int64_t candidate[HR_TITLE_CANDIDATES]; /* the most similar, best first */
    double similarity[HR_TITLE_CANDIDATES];
} hr_title_search;

/* Compares all titles. HR_MEMORY. */
hr_status hr_title_search_all(const hr_catalogue *catalogue, const hr_wanted_title *wanted,
                              hr_title_search *s, hr_error *err);

/* The best level that a movie has; HR_TITLE_OTHER where none has one. */
int hr_title_best_level(const hr_title_search *s);

#endif
