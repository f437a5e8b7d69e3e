/* How well a title is what somebody typed. */
#ifndef HR_TRAINER_CATALOGUE_TITLE_MATCH_H
#define HR_TRAINER_CATALOGUE_TITLE_MATCH_H

#include "io/base/error.h"
#include "trainer/catalogue/folded_title.h"

#include <stdint.h>

/* What is searched for. */
typedef struct hr_wanted_title {
    hr_folded name;
    int32_t year; /* 0: any */
} hr_wanted_title;

/* From the best. */
typedef enum hr_title_level {
    HR_TITLE_SAME,             /* the title itself */
    HR_TITLE_BARE,             /* without leading articles */
    HR_TITLE_ALTERNATIVE,      /* a name in parentheses, or what is before a subtitle */
    HR_TITLE_ALTERNATIVE_BARE, /* without leading articles */
    HR_TITLE_OTHER             /* and how many there are before */
} hr_title_level;

typedef struct hr_title_match {
    hr_title_level level; /* of the best of the title's names */
    int distance; /* bytes that differ (io/options/spelling.h); hr_title_tolerance or less, if no digit differs */
    double
        similarity; /* from 0 to 2: the share of the wanted name's trigrams that are there, and Dice's coefficient
                             of both names' trigrams; 3 where the level is not HR_TITLE_OTHER */
} hr_title_match;

/* Bytes that may differ in a name that is spelled wrongly: one in five, two in eleven, and so on. A distance above it is not computed. */
int hr_title_tolerance(const hr_wanted_title *wanted);

/* Compares a title of a movie of `year` (0: unknown) with what is wanted. Of another year only the similarity counts.
 * HR_MEMORY. */
hr_status hr_title_compare(const hr_wanted_title *wanted, const char *title, int32_t year,
                           hr_title_match *match, hr_error *err);

#endif
