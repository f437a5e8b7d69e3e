/* Rounds of exchange between ranks while their threads read: a thread puts what belongs to another rank into
 * a buffer of its own; as soon as one buffer anywhere is full, all threads of all ranks meet, and the ranks
 * exchange what they have. The receiver stores each rating in its slot, so no order matters.
 *
 * One rank has no rounds. */
#ifndef HR_IO_INGEST_ROUNDS_H
#define HR_IO_INGEST_ROUNDS_H

#include "io/comm/comm.h"
#include "io/dataset/ratings.h"

#include <stdbool.h>
#include <stdint.h>

/* A rating and where it belongs. */
typedef struct hr_placed {
    int64_t slot; /* of all ranks' */
    int64_t time;
    int32_t movie;
    float value;
    uint8_t split, unused[7];
} hr_placed;

/* Zero-initialise; free with hr_rounds_free. */
typedef struct hr_rounds {
    const hr_comm *comm;
    hr_ratings *ratings; /* of this rank's users */
    int64_t *first_slot; /* [ranks + 1] of each rank */
    int64_t buffers;
    hr_placed *buffer, *out; /* [buffers x capacity] */
    int64_t *filled;         /* [buffers] */
    hr_placed *in;           /* [in_capacity] */
    int64_t in_capacity;
    int64_t *sent, *received; /* [ranks + 1] */
    int64_t running;          /* threads of this rank that still read */
    bool over;                /* whether no rank has more to send, or something failed */
    hr_status status;
    hr_error err;
} hr_rounds;

/* Prepares `buffers` buffers.
 *   ptr         [users + 1] slots of each user, of all ranks
 *   first_user  [ranks + 1]
 *   ratings     receives the ratings; stays the caller's
 * Local. HR_MEMORY. */
hr_status hr_rounds_new(hr_rounds *rounds, const hr_comm *comm, int64_t buffers, const int64_t *ptr,
                        const int64_t *first_user, hr_ratings *ratings, hr_error *err);
void hr_rounds_free(hr_rounds *rounds);

/* Each of the three is called by all threads of a parallel region: first begin, then send as often as a
 * thread likes, then finish, which returns when no thread of any rank has more to send. */
void hr_rounds_begin(hr_rounds *rounds);
hr_status hr_rounds_send(hr_rounds *rounds, int64_t buffer, const hr_placed *placed, hr_error *err);
void hr_rounds_finish(hr_rounds *rounds);

#endif
