/* The part of the graph that is near a user or a movie: those joined to it by train ratings, those joined to these, and so
 * on. Of each vertex at most `limit` neighbours are taken, those of the largest edge weight in LightGCN's propagation
 * (trainer/propagation/propagation.h), u^-p m^(p - 1) for a user of u and a movie of m train ratings: of a user the least
 * rated movies, of a movie the least active users, which say most of it. Of equals the smaller number is taken. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_NEIGHBOURHOOD_H
#define HR_TRAINER_NEIGHBOURHOOD_NEIGHBOURHOOD_H

#include "io/base/error.h"
#include "io/dataset/rating_pass.h"
#include "trainer/scoring/train_figures.h"

#include <stdbool.h>
#include <stdint.h>

enum { HR_MOST_HOPS = 6, HR_MOST_NEIGHBOURS = 1000, HR_MOST_VERTICES = 20000 };

typedef struct hr_near_vertex {
    bool is_movie;
    int64_t number; /* of the user or movie in the dataset */
    int64_t hops;   /* from the centre */
} hr_near_vertex;

typedef struct hr_near_edge {
    int64_t from, to; /* numbers of vertices here: `from` is nearer to the centre, or was found first */
    double weight;    /* u^-p m^(p - 1) */
    double
        carries; /* the length of the message from `to` to `from`: weight x |row of layer 0|; 0 without a model */
    float rating;
} hr_near_edge;

/* Zero-initialise; free with hr_neighbourhood_free. */
typedef struct hr_neighbourhood {
    int64_t vertices, edges;
    hr_near_vertex *vertex; /* [vertices] the centre, then by hops, then as they were found */
    hr_near_edge *edge;     /* [edges] each pair once */
    int64_t vertex_capacity, edge_capacity;
} hr_neighbourhood;

/* What is asked for, and where it is read. */
typedef struct hr_neighbourhood_search {
    hr_h5 *dataset;
    const hr_rating_pass *pass; /* over its ratings; NULL, or none: the file is read */
    int64_t users;
    double valid; /* share of train that is held out for validation */
    double power; /* p */
    const hr_train_figures *train;
    bool from_movie;
    int64_t centre; /* number of the user or movie */
    int64_t hops, limit;
} hr_neighbourhood_search;

/* Memory is of the neighbourhood, and two numbers for each user and movie; all ratings are read once for every hop
 * from movies to users. Local. HR_USAGE for more than HR_MOST_VERTICES; HR_INPUT, HR_MEMORY. */
hr_status hr_neighbourhood_find(hr_neighbourhood *near, const hr_neighbourhood_search *search, hr_error *err);
void hr_neighbourhood_free(hr_neighbourhood *near);

#endif
