/* Lists as a file: one file, with the same bytes on any number of ranks.
 *
 * By the end of its name it is
 *
 *   .tsv    a line a movie: user, rank from 1 on, movie, score, and the title where asked for; the first line names the columns.
 *           Tabs, line ends and backslashes in ids and titles are \t, \n, \r and \\.
 *   .jsonl  a JSON object a line: {"user": 7, "recommendations": [{"movie": 1, "score": 4.5, "title": …}, …]}
 *   .h5     HDF5, `format` = "halorec-lists", `version` = 1; attributes users, movies, k, fingerprint (of the dataset), model
 *             user/id      int64 or string [users]   in the order of the lists
 *             movie/id     int64 or string [movies]  of the whole dataset; movie/title string [movies]
 *             list/count   int32 [users]             movies in the list
 *             list/movie   int32 [users x k]         indices of movie/id, best first; -1 beyond the list's end
 *             list/score   float [users x k]         0 there
 *   .npy    int64 [users x k] for numpy.load: movies' ids where all of them are numbers from 0 on, else numbers of the lines
 *           of NAME.movie_ids.txt, from 0 on; -1 beyond a list's end. The lines of NAME.user_ids.txt are the rows' users.
 */
#ifndef HR_TRAINER_LISTS_LIST_FILE_H
#define HR_TRAINER_LISTS_LIST_FILE_H

#include "io/hdf5/output.h"
#include "trainer/lists/list_format.h"
#include "trainer/lists/make_lists.h"

#include <limits.h>

/* Zero-initialise; hr_list_file_close in any case. It must stay where it is. */
typedef struct hr_list_file {
    const hr_list_format *format;
    hr_list_target target;
    void *state;
} hr_list_file;

/* HR_USAGE unless the name ends in one of the suffixes. Local. */
hr_status hr_list_file_check(const char *path, hr_error *err);

/* Names of the files that are written beside a file of this name; "" where there is none. */
typedef char hr_list_names[HR_LIST_SIDE_FILES][PATH_MAX];
void hr_list_file_beside(const char *path, hr_list_names names);

/* How file number 0 (at `path`), 1, 2 (those beside it) is told from others' files: sets output->file, format and marks. The
 * names must outlive it. Local. */
void hr_list_file_output(hr_output *output, const char *path, int number, hr_list_names names);

/* Begins the file, under a temporary name. Collective; all ranks return the same. HR_IO, HR_INPUT, HR_MEMORY, HR_USAGE. */
hr_status hr_list_file_create(hr_list_file *file, const hr_list_target *target, hr_error *err);

/* What writes lists into it. */
hr_list_sink hr_list_file_sink(hr_list_file *file);

/* Flushes it and gives it its name, unless `mine`, what happened before, is a failure on any rank. Collective. */
hr_status hr_list_file_publish(hr_list_file *file, hr_status mine, hr_error *err);

/* Closes; what was not published is removed. Local. */
void hr_list_file_close(hr_list_file *file);

#endif
