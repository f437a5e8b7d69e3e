/* One ascending list of the ids that several dictionaries hold, on all ranks. */
#ifndef HR_IO_INGEST_ID_UNION_H
#define HR_IO_INGEST_ID_UNION_H

#include "io/comm/comm.h"
#include "io/dataset/ids.h"
#include "io/ingest/dictionary.h"

#include <stdint.h>

/* The different ids of `count` dictionaries on each rank, ascending, the same list on all ranks; text where
 * one id anywhere is no number. Each id travels to one rank, chosen by its hash, and from there to all.
 *   ids  zero-initialised; the caller frees it with hr_ids_free
 * Collective. HR_MEMORY, HR_COMM. */
hr_status hr_id_union(const hr_comm *comm, const hr_dictionary *const *dictionaries, int count, hr_ids *ids,
                      hr_error *err);

/* Where each id of a dictionary is in `ids`; HR_NOT_FOUND (io/base/search.h) where it is not.
 *   place  [dictionary->count] */
void hr_id_positions(const hr_ids *ids, const hr_dictionary *dictionary, int64_t *place);

#endif
