/* What an open dataset file says of itself, compared with what it holds: by all ranks, none of which reads the
 * whole. What hr_dataset_read_slice reads is checked there. */
#ifndef HR_IO_DATASET_DATASET_VERIFY_H
#define HR_IO_DATASET_DATASET_VERIFY_H

#include "io/comm/comm.h"
#include "io/dataset/dataset.h"

/* Compares the numbers of ratings in each part of the split, where users' ratings begin and end, and the order of
 * the ids of users and movies, of which none is there twice then; each rank reads its share. Collective; all ranks return the same status: HR_INPUT with the first that is
 * wrong, HR_MEMORY. */
hr_status hr_dataset_verify(const hr_comm *comm, hr_h5 *file, const hr_dataset_summary *summary,
                            hr_error *err);

#endif
