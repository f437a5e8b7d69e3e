/* A filter in a checkpoint:
 *
 *     weight/filter  float [7]  user power, movie power, degree, step, beta, number of vectors, largest eigenvalue of N'N */
#ifndef HR_TRAINER_FILTERS_FILTER_FILE_H
#define HR_TRAINER_FILTERS_FILTER_FILE_H

#include "io/checkpoint/checkpoint_extras.h"
#include "trainer/filters/filter.h"

enum { HR_FILTER_KEPT = 7 };

/* To the array and from it; options are rounded to floats. */
void hr_filter_pack(const hr_filter_options *options, double largest, float kept[HR_FILTER_KEPT]);
void hr_filter_unpack(const float kept[HR_FILTER_KEPT], hr_filter_options *options, double *largest);

/* Appends the array, which rank 0 writes. */
void hr_filter_keep(const float kept[HR_FILTER_KEPT], const hr_comm *comm, hr_checkpoint_extras *extras);

/* Reads the array. Local. HR_INPUT where an option is none that train takes, there are more vectors than `dim`, or the
 * eigenvalue is not positive; HR_IO. */
hr_status hr_filter_read(hr_h5 *checkpoint, int64_t dim, float kept[HR_FILTER_KEPT], hr_error *err);

/* Whether the filter's eigenvalue can be that of its graph, so that P is no multiple of what it should be. Local. HR_INPUT
 * where it is not; HR_MEMORY. */
hr_status hr_filter_check_largest(const hr_filter *filter, const char *path, hr_error *err);

#endif
