/* Which tags people give, and which they give to the same movies. */
#ifndef HR_TRAINER_FIGURES_TAG_PATTERNS_H
#define HR_TRAINER_FIGURES_TAG_PATTERNS_H

#include "io/base/strings.h"
#include "io/hdf5/h5.h"

#include <stdint.h>

/* Pairs are looked for among so many of the most frequent tags. */
enum { HR_PATTERN_TAGS = 64, HR_MOST_PATTERNS = 10, HR_LEAST_TOGETHER = 3 };

/* Two tags on the same movies. */
typedef struct hr_tag_pair {
    int a, b;         /* numbers of `tag` below */
    int64_t together; /* movies that have both */
    double lift;      /* together, by what it were if tags were given independently of each other */
} hr_tag_pair;

/* Zero-initialise; free with hr_tag_patterns_free. */
typedef struct hr_tag_patterns {
    int64_t given, different, movies; /* tags given, different ones, movies that have one */
    int count;
    int64_t tag[HR_PATTERN_TAGS];    /* [count] numbers of `name`, the most frequent first */
    int64_t times[HR_PATTERN_TAGS];  /* [count] how often each was given */
    int64_t tagged[HR_PATTERN_TAGS]; /* [count] movies that have it */
    int pairs;
    hr_tag_pair
        pair[HR_MOST_PATTERNS]; /* [pairs] those with the largest mutual information, together x ln lift */
    hr_strings name;            /* of all tags */
} hr_tag_patterns;

/* Reads the tags of a dataset; all zeros where it has none. HR_INPUT where they are damaged, HR_MEMORY. */
hr_status hr_tag_patterns_read(hr_tag_patterns *patterns, hr_h5 *dataset, int64_t movies, hr_error *err);
void hr_tag_patterns_free(hr_tag_patterns *patterns);

#endif
