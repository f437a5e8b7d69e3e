/* The cut edges of pairs of parts, brought to one rank for each pair.
 *
 * A pair is p < q; an edge of a user that one of them owns and a movie of the other is one of its edges. Pairs are
 * handled in rounds of consecutive p. In a round, each rank sends the edges of its own users to the ranks that have
 * the pairs: for each pair and user a word -1 - user, and then the numbers of its movies, 4 bytes each. A rank
 * finds the edges of its pairs in order of users, from whatever ranks, and gives each an answer of a byte, which
 * returns the same way. */
#ifndef HR_PARTITION_PLAN_PAIR_EDGES_H
#define HR_PARTITION_PLAN_PAIR_EDGES_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_pair_edges_free. */
typedef struct hr_pair_edges {
    const hr_graph *graph;
    const int32_t *owner; /* [users + movies] */
    int32_t parts;
    int32_t first, end; /* the round: pairs p, q with first <= p < end */

    int64_t *length, *at; /* [pairs] words of a pair that this rank sends; where they are among those sent */
    int32_t *last_user;   /* [pairs] */
    int64_t length_capacity, at_capacity, user_capacity;

    int64_t *sent_ptr, *received_ptr; /* [ranks + 1] words for, and from, each rank */
    int32_t *sent, *received;         /* words; on one rank, `received` has those sent */
    uint8_t *answer;                  /* [words received] 1: on the part that owns the movie; 0: the user */

    int64_t pairs;   /* that this rank has, ascending by p, then by q */
    int64_t *words;  /* [ranks x pairs] words of each pair from each rank */
    int64_t *cursor; /* [ranks] where the words of the pair at hand are among those received */
} hr_pair_edges;

/* A pair that this rank has in a round, its number among them, and its edges one after the other. */
typedef struct hr_pair {
    const hr_pair_edges *edges;
    int32_t p, q;
    int64_t number;
    int rank;            /* whose words are read */
    int64_t next, end;   /* these */
    int32_t user, movie; /* the edge at hand */
    int64_t at;          /* its word, and that of its answer */
} hr_pair;

/* Prepares rounds. `graph` and `owner` must outlive it. Local. HR_MEMORY. */
hr_status hr_pair_edges_create(hr_pair_edges *edges, const hr_graph *graph, const int32_t *owner,
                               int32_t parts, hr_error *err);
void hr_pair_edges_free(hr_pair_edges *edges);

/* Brings the edges of a round to their ranks. Collective; all ranks return the same status. HR_MEMORY,
 * HR_COMM. */
hr_status hr_pair_edges_bring(hr_pair_edges *edges, int32_t first, int32_t end, hr_error *err);

/* Calls `visit` for each of this rank's pairs of the round, in order, until one fails. Local. */
typedef hr_status hr_pair_visit(void *context, hr_pair *pair, hr_error *err);
hr_status hr_pair_edges_each(hr_pair_edges *edges, hr_pair_visit *visit, void *context, hr_error *err);

/* Begins again with the first edge of a pair. */
void hr_pair_rewind(hr_pair *pair);

/* Goes to the next edge of a pair; whether there is one. */
static inline bool hr_pair_next(hr_pair *pair)
{
    const hr_pair_edges *edges = pair->edges;
    for (;;) {
        while (pair->next == pair->end) {
            if (++pair->rank == edges->graph->comm.size)
                return false;
            pair->next = edges->cursor[pair->rank];
            pair->end = pair->next + edges->words[pair->rank * edges->pairs + pair->number];
        }
        const int32_t word = edges->received[pair->next++];
        if (word >= 0) {
            pair->movie = word;
            pair->at = pair->next - 1;
            return true;
        }
        pair->user = -1 - word;
    }
}

/* Returns the answers: with_movie [edges here] of this rank's edges of the round. Collective; all ranks return
 * the same status. HR_MEMORY, HR_COMM. */
hr_status hr_pair_edges_answer(hr_pair_edges *edges, uint8_t *with_movie, hr_error *err);

#endif
