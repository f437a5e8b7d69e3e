/* The work of each part of a plan in a step of training. */
#ifndef HR_TRAINER_SCALING_PART_LOAD_H
#define HR_TRAINER_SCALING_PART_LOAD_H

#include "partition/halo/part_size.h"

#include <stdint.h>

typedef struct hr_part_load {
    hr_part_size size;
    double samples;  /* expected share of a step's samples, where they are drawn by user */
    double pool;     /* share of the movies that it owns: the expected share of a pool's rows */
    int32_t sources; /* parts that own ghosts of this one */
    int32_t targets; /* parts that have ghosts of this one's rows */
} hr_part_load;

/* Fills loads [plan->parts]. HR_MEMORY. */
hr_status hr_part_loads(const hr_plan *plan, hr_part_load *loads, hr_error *err);

#endif
