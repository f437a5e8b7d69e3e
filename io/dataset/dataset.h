/* A dataset: the ratings and what is known of users and movies, in memory and as an HDF5 file.
 *
 * The file, `format` = "halorec-dataset", `version` = 2, readable with h5ls and h5py:
 *   attributes  fingerprint (text), source (text), users, movies, ratings; train, valid, test, known: the
 *               number of ratings in each, which sum to ratings; split (text), split_seed: the rule that split
 *               them (io/split/split_rule.h); scale_low, scale_high: no rating is outside, where they are there.
 *               Older files lack known, split, split_seed and the scale
 *   user/id     int64 or string [users]     ascending, by value or by bytes: see hr_ids
 *   movie/id    int64 or string [movies]    likewise
 *   movie/title string [movies]      with the year, as MovieLens writes it; "" where unknown
 *   movie/year  int32 [movies]       0 where unknown
 *   movie/genre_ptr int64 [movies + 1], movie/genre int32, genre/name string: see io/dataset/genres.h, also for
 *               how files of version 1 have them
 *   movie/imdb, movie/tmdb int64 [movies]   0 where unknown
 *   rating/ptr  int64 [users + 1]; rating/movie int32, rating/value float, rating/time int64,
 *               rating/split uint8 [ratings]: see hr_ratings
 *   tag/user int32, tag/movie int32, tag/time int64, tag/text int32 [tags]: text numbers tag/name
 *   tag/name    string [different tags]
 *   text/name string, text/kind uint8 [terms]; text/ptr int64 [movies + 1]; text/term int32,
 *               text/weight float [weights]: see hr_text. Files made before there were text features lack
 *               them; all else of such a file can be read. Attributes text_tag_min_count, text_max_tags,
 *               text_tags_a_movie: hr_text_options
 * Movies without a rating are included: they have a title and genres. In version 1, which is read too, all ids are
 * int64. */
#ifndef HR_IO_DATASET_DATASET_H
#define HR_IO_DATASET_DATASET_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/dataset/genres.h"
#include "io/dataset/ids.h"
#include "io/dataset/ratings.h"
#include "io/dataset/text_matrix.h"
#include "io/hdf5/h5.h"

#include <stdbool.h>
#include <stdint.h>

#define HR_DATASET_FORMAT "halorec-dataset"

enum { HR_DATASET_VERSION = 2, HR_FINGERPRINT_LENGTH = 40 };

/* Zero-initialise before use; the owner of a filled one frees it with hr_dataset_free. */
typedef struct hr_dataset {
    hr_ratings ratings;   /* of all users */
    hr_ids user_id;       /* [ratings.users] original ids */
    hr_ids movie_id;      /* [ratings.movies] original ids */
    hr_strings title;     /* [ratings.movies] */
    int32_t *year;        /* [ratings.movies] */
    hr_genres genres;     /* [ratings.movies] */
    int64_t *imdb, *tmdb; /* [ratings.movies] */
    int64_t tags;         /* tag applications */
    int32_t *tag_user, *tag_movie, *tag_text;
    int64_t *tag_time;
    hr_strings tag_name;
    hr_text text;                     /* of hr_text_build once the ratings are split; empty before */
    char source[256];                 /* where it came from: a path, or "synth ml-1m seed 1" */
    char split[HR_SPLIT_RULE_LENGTH]; /* the rule by which the ratings were split, in full */
    uint64_t split_seed;
    bool has_scale; /* whether every rating is known to be in low … high, as the source states */
    float low, high;
} hr_dataset;

void hr_dataset_free(hr_dataset *dataset);

/* Checks every promise of hr_ratings, hr_dataset and hr_text, where there are text features (order, ranges,
 * no movie twice, lengths). HR_INPUT with the first broken one. */
hr_status hr_dataset_check(const hr_dataset *dataset, hr_error *err);

/* The same as a yes or no, for assert(). */
bool hr_dataset_is_valid(const hr_dataset *dataset);

/* Writes the dataset file, with text features where they are built, under a temporary name, flushes and
 * renames it: an older file at `path` stays whole unless the new one is complete. One process. */
hr_status hr_dataset_write(const hr_dataset *dataset, const char *path, hr_error *err);

/* Writes what else belongs into a dataset file, while rank 0 lays it out. */
typedef hr_status hr_dataset_extra(void *context, hr_h5 *file, hr_error *err);

/* The same of a dataset that ranks hold together, which all write: each has the ratings of its users,
 * consecutive ones in order of rank (ratings.first_user), and rank 0 all else; the others' ids, titles, genres,
 * tags and text features are not read. The file has the same bytes on any number of ranks.
 *   extra  is called on rank 0 with the open file; NULL: nothing else
 * Collective. HR_IO, HR_MEMORY, HR_COMM; what `extra` returns. */
hr_status hr_dataset_write_ranks(const hr_comm *comm, const hr_dataset *dataset, const char *path,
                                 hr_dataset_extra *extra, void *context, hr_error *err);

/* Ratings of a rank's users that are made a block of users at a time, so that no rank holds all of its own. */
typedef struct hr_dataset_blocks {
    int64_t count; /* blocks of this rank, of consecutive users in order */
    /* Makes a block, which is read until the next call. Each is made twice, in order: once to be counted, once to be
     * written. Local. */
    hr_status (*make)(void *context, int64_t block, hr_ratings *ratings, hr_error *err);
    /* Called when all are counted; what it writes into the dataset is written to the file. Collective. Or NULL. */
    hr_status (*counted)(void *context, hr_error *err);
    void *context;
} hr_dataset_blocks;

/* hr_dataset_write_ranks of ratings in blocks; of dataset->ratings only `movies` is read. */
hr_status hr_dataset_write_blocks(const hr_comm *comm, const hr_dataset *dataset,
                                  const hr_dataset_blocks *blocks, const char *path, hr_dataset_extra *extra,
                                  void *context, hr_error *err);

/* Sizes and identity of a dataset file. */
typedef struct hr_dataset_summary {
    int64_t users, movies, ratings;
    int64_t splits[HR_SPLITS];        /* ratings in train, valid, test, known */
    char split[HR_SPLIT_RULE_LENGTH]; /* the rule; "" where an older file does not say */
    uint64_t split_seed;
    char fingerprint[HR_FINGERPRINT_LENGTH]; /* hash of ids, ratings and splits; binds partition and
                                                checkpoint */
    char source[256];
} hr_dataset_summary;

/* Opens a dataset file for reading and summarises it. Each rank may call it by itself; reads nothing that
 * grows with the ratings. The caller closes *file with hr_h5_close. HR_INPUT for a foreign, truncated or
 * newer file. */
hr_status hr_dataset_open(hr_h5 **file, hr_dataset_summary *summary, const char *path, hr_error *err);

/* Reads the movies and splits (not values and times) of users first_user … first_user + users - 1.
 * A `valid_share` above 0 moves that share of the train ratings to HR_VALID (hr_split_holdout), the same
 * ones in every process: a validation part for a dataset that lacks one. HR_INPUT where the file is damaged;
 * HR_MEMORY. */
hr_status hr_dataset_read_slice(hr_h5 *file, int64_t first_user, int64_t users, double valid_share,
                                hr_ratings *slice, hr_error *err);

/* Reads the values of a slice that hr_dataset_read_slice has read, into slice->value. HR_INPUT where one is not finite,
 * or outside the scale that the file states. */
hr_status hr_dataset_read_values(hr_h5 *file, hr_ratings *slice, hr_error *err);

/* Reads the values of any ratings by their numbers in the file, value [count]. HR_INPUT likewise, HR_MEMORY. */
hr_status hr_dataset_read_values_of(hr_h5 *file, const int64_t *rating, int64_t count, float *value,
                                    hr_error *err);

/* Reads its times, into slice->time. Files of version 1 have 0 where a time is unknown. */
hr_status hr_dataset_read_times(hr_h5 *file, hr_ratings *slice, hr_error *err);

/* Is given each slice, one after the other, to read and to change; the caller frees it. */
typedef hr_status hr_slice_visit(void *context, hr_ratings *slice, hr_error *err);

/* Reads users first_user … first_user + users - 1 as hr_dataset_read_slice does, a slice of some millions of ratings
 * at a time, in order, so that memory does not grow with the ratings; values too where with_values is set. HR_INPUT,
 * HR_MEMORY; what `visit` returns ends it. */
hr_status hr_dataset_each_slice(hr_h5 *file, int64_t first_user, int64_t users, double valid_share,
                                bool with_values, hr_slice_visit *visit, void *context, hr_error *err);

/* Reads the text features of all movies; free with hr_text_free. HR_INPUT where an older file has none, or
 * what it has is damaged; *text is then empty. */
hr_status hr_dataset_read_text(hr_h5 *file, hr_text *text, hr_error *err);

/* Finds an original user id as it is written. HR_INPUT, with the first, the last and the most similar id, where it
 * is unknown. */
hr_status hr_dataset_find_user(hr_h5 *file, const char *id, int64_t *user, hr_error *err);

/* The same of several, user [ids->count], reading all ids once. */
hr_status hr_dataset_find_users(hr_h5 *file, const hr_strings *ids, int64_t *user, hr_error *err);

/* Reads the original ids, titles and genres of `count` movies given by number, in that order. `genres`
 * receives names joined by '|'. All three outputs are the caller's and are appended to. */
hr_status hr_dataset_read_movies(hr_h5 *file, const int32_t *movie, int64_t count, hr_ids *id,
                                 hr_strings *title, hr_strings *genres, hr_error *err);

#endif
