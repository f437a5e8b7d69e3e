/* Who visits which location in the synthetic check-ins.
 *
 * Towns have sizes by a power law (exponent 0.7). A location lies in a town, drawn by size, has one of a few
 * kinds, and a popularity with a Pareto tail (exponent 1.1). A user has a home town, another town, both drawn
 * by size, and a taste: a share for each kind, most of it in few of them. A visit is nine times out of ten to
 * the home town; its kind is drawn by taste and by what the town has, its location by popularity among those that
 * the user has not visited. Where many draws find no such location, the user goes to a town drawn by size.
 *
 * All draws are of whole numbers by whole weights: they are the same on any machine. */
#ifndef HR_IO_SYNTH_CHECK_INS_H
#define HR_IO_SYNTH_CHECK_INS_H

#include "io/base/error.h"

#include <stdint.h>

/* Kinds of locations, and their names. */
enum { HR_LOCATION_KINDS = 12 };
extern const char *const hr_location_kind_names[HR_LOCATION_KINDS];

typedef struct hr_check_ins {
    int64_t users, locations, towns;
    uint64_t seed;
    const int64_t *user_ptr; /* [users + 1] prefix sums of the users' numbers of visits */
} hr_check_ins;

/* Draws the towns of locations, town [locations], their kinds, bit k for kind k, kind [locations], and the
 * locations that each user visits, no location twice and in no particular order, visited [user_ptr[users]].
 * One process. HR_MEMORY. */
hr_status hr_check_ins_draw(const hr_check_ins *shape, int32_t *town, uint64_t *kind, int32_t *visited,
                            hr_error *err);

#endif
