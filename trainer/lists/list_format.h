/* Formats of files of lists. */
#ifndef HR_TRAINER_LISTS_LIST_FORMAT_H
#define HR_TRAINER_LISTS_LIST_FORMAT_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/hdf5/shared_file.h"
#include "trainer/lists/list_users.h"
#include "trainer/lists/recommender.h"

#include <stdbool.h>
#include <stdint.h>

/* What is written, and where. */
typedef struct hr_list_target {
    const hr_comm *comm;
    const char *path;
    const hr_recommender *recommender;
    const hr_list_users *users;
    bool titles;          /* whether movies' titles are written beside their ids, where the format has room */
    hr_shared_file *file; /* once it is laid out */
} hr_list_target;

typedef struct hr_list_format {
    const char *suffix;    /* ".tsv" */
    const char *h5_format; /* as hr_h5_create takes it; NULL: it is no HDF5 file */
    const char *begins[2]; /* what a file that is none begins with, with titles or without */

    /* Lays the temporary file of target->path out, with all that does not depend on lists; on rank 0 alone, and the other
     * ranks make nothing but their *state, which `destroy` frees, also after a failure. Local. */
    hr_status (*create)(void **state, const hr_list_target *target, hr_error *err);

    /* Writes the lists of users first … first + users->users - 1, as hr_list_sink takes them. Collective. */
    hr_status (*write)(void *state, const hr_list_target *target, int64_t first, const hr_user_block *users,
                       const hr_lists *lists, hr_error *err);

    /* Gives the files beside it their names, on rank 0. NULL: there are none. Local. */
    hr_status (*publish)(void *state, hr_error *err);
    void (*destroy)(void *state);
} hr_list_format;

/* Ends of the names of what is written beside a .npy file, in the place of .npy. */
#define HR_NPY_USER_IDS ".user_ids.txt"
#define HR_NPY_MOVIE_IDS ".movie_ids.txt"
enum { HR_LIST_SIDE_FILES = 2 };

extern const hr_list_format hr_list_format_tsv, hr_list_format_jsonl, hr_list_format_h5, hr_list_format_npy;

#endif
