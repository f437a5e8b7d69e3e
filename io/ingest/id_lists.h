/* Lists of ids that ranks exchange: each id goes to one rank, which keeps it once, and from there to all. */
#ifndef HR_IO_INGEST_ID_LISTS_H
#define HR_IO_INGEST_ID_LISTS_H

#include "io/comm/comm.h"
#include "io/dataset/ids.h"
#include "io/ingest/dictionary.h"

#include <stdint.h>

/* Lists to be sent, one for each rank, and those received: offsets [size + 1] each. */
typedef struct hr_id_lists {
    int64_t *sent, *received;
} hr_id_lists;

/* Local. HR_MEMORY; free with hr_id_lists_free also then. */
hr_status hr_id_lists_new(hr_id_lists *lists, const hr_comm *comm, hr_error *err);
void hr_id_lists_free(hr_id_lists *lists);

/* The rank that keeps an id, by its hash. */
int hr_id_rank(const hr_comm *comm, const void *id, int64_t bytes);

/* Groups numbers by the rank that keeps them, their offsets going to lists->sent: *grouped is the caller's to free,
 * also after a failure. Local. HR_MEMORY. */
hr_status hr_id_lists_group(const hr_comm *comm, const int64_t *number, int64_t count, hr_id_lists *lists,
                            int64_t **grouped, hr_error *err);

/* Exchanges lists of elements of `bytes` bytes at the offsets lists->sent. *to [lists->received[size]] is the
 * caller's to free, also after a failure. Collective. HR_MEMORY, HR_COMM. */
hr_status hr_id_lists_exchange(const hr_comm *comm, hr_id_lists *lists, const void *from, int64_t bytes,
                               void **to, hr_error *err);

/* Puts what each rank has, `count` elements, together on all of them: *all [*total] is the caller's to free, also
 * after a failure. Collective. HR_MEMORY, HR_COMM. */
hr_status hr_id_lists_gather(const hr_comm *comm, const void *mine, int64_t count, int64_t bytes, void **all,
                             int64_t *total, hr_error *err);

/* hr_id_union (io/ingest/id_union.h) where an id anywhere is no number. */
hr_status hr_text_union(const hr_comm *comm, const hr_dictionary *const *dictionaries, int count, hr_ids *ids,
                        hr_error *err);

#endif
