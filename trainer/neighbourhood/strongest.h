/* The neighbours of largest weight of each of some vertices. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_STRONGEST_H
#define HR_TRAINER_NEIGHBOURHOOD_STRONGEST_H

#include "io/base/error.h"

#include <stdint.h>

typedef struct hr_neighbour {
    int64_t number; /* of the user or movie */
    double weight;
    float rating;
    int64_t offset; /* of the rating in the file, in a pass */
} hr_neighbour;

/* Zero-initialise; free with hr_strongest_free. */
typedef struct hr_strongest {
    int64_t vertices, limit;
    int64_t *count;     /* [vertices] kept */
    hr_neighbour *kept; /* [vertices x limit] */
} hr_strongest;

/* Local. HR_MEMORY. */
hr_status hr_strongest_create(hr_strongest *best, int64_t vertices, int64_t limit, hr_error *err);
void hr_strongest_free(hr_strongest *best);

/* Offers a vertex a neighbour. Each neighbour of a vertex is offered once, in any order. */
void hr_strongest_offer(hr_strongest *best, int64_t vertex, hr_neighbour neighbour);

/* The best->count[vertex] neighbours kept, the largest weight first; of equals the smaller number. */
const hr_neighbour *hr_strongest_of(const hr_strongest *best, int64_t vertex);

#endif
