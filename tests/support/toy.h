/* Small data made on the spot. */
#ifndef HR_TESTS_SUPPORT_TOY_H
#define HR_TESTS_SUPPORT_TOY_H

#include "io/dataset/dataset.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* Random ratings, and random genres of three: each (user, movie) pair with probability `density`, at least
 * one a user; every fifth rating is test, every other fifth valid where `valid` is set. Free with
 * hr_dataset_free. */
hr_dataset toy_dataset(int64_t users, int64_t movies, double density, int valid, uint64_t seed);

/* The train graph of such data; free with hr_graph_free. */
hr_graph toy_graph(int64_t users, int64_t movies, double density, uint64_t seed);

/* Path of real data under HALOREC_DATA, or NULL where it is not there; in a buffer that lasts. */
const char *real_data(const char *name);

/* Genres of movies, bit g for genre g, named by `names` letters; free with hr_genres_free. */
hr_genres toy_genres(const uint64_t *bits, int64_t movies, int names);

#endif
