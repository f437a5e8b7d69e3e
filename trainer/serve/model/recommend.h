/* Lists of movies over HTTP: GET and POST /recommend. */
#ifndef HR_TRAINER_SERVE_MODEL_RECOMMEND_H
#define HR_TRAINER_SERVE_MODEL_RECOMMEND_H

#include "trainer/serve/model/question.h"
#include "trainer/serve/model/served.h"

/* The context of the routes. */
typedef struct hr_recommending {
    hr_served *served;
    hr_who_asks *who_asks; /* NULL: only requests that name a user or movies are answered */
    void *who;             /* its context */
} hr_recommending;

extern const hr_route hr_recommend_routes[];

#endif
