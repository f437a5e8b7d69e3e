/* What a split came out as. */
#ifndef HR_IO_SPLIT_SPLIT_COUNTS_H
#define HR_IO_SPLIT_SPLIT_COUNTS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"

#include <stdint.h>
#include <stdio.h>

/* Over all ranks; arrays are by part. */
typedef struct hr_split_counts {
    int64_t ratings[HR_SPLITS];
    int64_t users[HR_SPLITS];      /* with a rating in the part */
    int64_t movies[HR_SPLITS];     /* likewise */
    int64_t first_time[HR_SPLITS]; /* of its ratings; HR_NO_TIME where none has one */
    int64_t last_time[HR_SPLITS];  /* likewise */
    int64_t untimed;               /* ratings without a time */
    int64_t users_without_train;   /* with ratings, but none in train */
    int64_t movies_unseen;         /* likewise */
    int64_t ratings_of_unseen;     /* valid and test ratings of these movies */
} hr_split_counts;

/* Counts the slices of all ranks, with times where they are read. Holds four numbers a movie on each rank. Collective;
 * all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_split_count(const hr_comm *comm, const hr_ratings *slice, hr_split_counts *counts,
                         hr_error *err);

/* The same slice by slice: begin, add each slice, finish. Zero-initialise; free with hr_split_tally_free. Begin and add
 * are local, HR_MEMORY; finish is collective, HR_COMM. */
typedef struct hr_split_tally {
    int64_t movies;
    int32_t *movie; /* [HR_SPLITS x movies] ratings of each movie: fewer than 2^31, as there are users */
    hr_split_counts counts;
} hr_split_tally;

hr_status hr_split_tally_begin(hr_split_tally *tally, int64_t movies, hr_error *err);
void hr_split_tally_add(hr_split_tally *tally, const hr_ratings *slice);
hr_status hr_split_tally_finish(hr_split_tally *tally, const hr_comm *comm, hr_error *err);
void hr_split_tally_free(hr_split_tally *tally);

/* Prints ratings, users and movies of each part, and who has no train ratings. */
void hr_split_counts_print(const hr_split_counts *counts, FILE *out);

#endif
