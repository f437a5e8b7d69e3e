/* Splits that ratings come with: files of which one is for training and others, of the same name but for a word, for
 * validation and test: "train.txt" and "test.txt", "Beauty.train.csv", "ml-100k.part1.inter", "u1.base". */
#ifndef HR_IO_FORMATS_GIVEN_SPLIT_H
#define HR_IO_FORMATS_GIVEN_SPLIT_H

#include "io/base/error.h"
#include "io/readers/listing.h"

#include <stdbool.h>

/* Names in a listing; NULL where there is none. */
typedef struct hr_given_split {
    const char *train, *valid, *test;
} hr_given_split;

/* The split of which `file` of the listing is the training part; false where there is no other part. */
bool hr_given_split_of(const hr_listing *listing, const char *file, hr_given_split *split);

/* The first split of the listing; *others is set where there is another one. False where there is none. */
bool hr_given_split_find(const hr_listing *listing, hr_given_split *split, const char **other);

/* The split of this name, such as "u1", "ra" or "Beauty". HR_INPUT where there is none, with those that are there. */
hr_status hr_given_split_named(const hr_listing *listing, const char *name, hr_given_split *split,
                               hr_error *err);

#endif
