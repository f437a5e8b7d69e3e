/* Movies drawn from those that a user has not rated. */
#ifndef HR_TRAINER_EVALUATION_UNRATED_H
#define HR_TRAINER_EVALUATION_UNRATED_H

#include "io/dataset/ratings.h"

#include <stdint.h>

/* Draws `count` different movies, each set of so many being as likely as any other, from those that user
 * `user` of `ratings` has no rating for, in train, valid or test; all of them where there are fewer. A
 * function of seed, the user's global number and `movie`, the held-out movie that the draw is for: the same
 * on any rank.
 *   drawn  [count] receives them, in no useful order
 *   marks  [ratings->movies] zeros, and zeros again afterwards
 * Returns how many were drawn. Local. */
int64_t hr_unrated_draw(const hr_ratings *ratings, int64_t user, uint64_t seed, int32_t movie, int64_t count,
                        int32_t *drawn, uint8_t *marks);

#endif
