/* The tables of what visitors may ask, one for each file of handlers. Their context is the hr_visitors. */
#ifndef HR_TRAINER_SERVE_VISITORS_ROUTES_H
#define HR_TRAINER_SERVE_VISITORS_ROUTES_H

#include "trainer/serve/http/route.h"

extern const hr_route hr_rating_routes[];
extern const hr_route hr_account_routes[];
extern const hr_route hr_token_routes[];
extern const hr_route hr_added_movie_routes[];
extern const hr_route hr_picture_routes[];
extern const hr_route hr_own_picture_routes[];

#endif
