#include "trainer/fold_in/held_out_users.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "partition/halo/blocks.h"

/* The map of this rank's users and those of the others. */
static hr_status make_map(hr_user_map *map, const hr_trained_model *t, const hr_ratings *ratings, double mean,
                          hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *world = &t->graph->grid.world;
    const int64_t dim = t->model->dim, largest = hr_offsets_largest(ratings->ptr, ratings->users);
    float *block = hr_alloc(hr_blocks_rows(t->graph->blocks) * dim, sizeof *block);
    float *value = hr_alloc(largest, sizeof *value);
    int32_t *movie = hr_alloc(largest, sizeof *movie);
    status = hr_user_map_create(map, dim, t->model->predicts_ratings, mean, t->movie_row, err);
    if (status == HR_OK && (!block || !value || !movie))
        status = hr_fail_memory(err, hr_blocks_rows(t->graph->blocks) * dim, sizeof *block, "parameters");
    HR_TRY(hr_agree(world, status, NULL, err));
    HR_TRY(hr_blocks_collect(t->graph->blocks, t->parameters, block, err));
    hr_user_map_add(map, ratings, block, movie, value);
    HR_TRY(hr_user_map_solve(map, world, err));
done:
    free(block);
    free(value);
    free(movie);
    return status;
}

/* On this rank. */
static hr_status fold_in(const hr_trained_model *t, const float *array, const hr_user_map *map,
                         const hr_ratings *ratings, float *user_row, hr_error *err)
{
    hr_fold_in f = {.model = t->model,
                    .movies = ratings->movies,
                    .movie_row = t->movie_row,
                    .array = array,
                    .map = map->features > 0 ? map : NULL};
    hr_status status = hr_fold_in_create(&f, err);
    if (status == HR_OK)
        status = hr_fold_in_block(&f, ratings, user_row, err);
    hr_fold_in_free(&f);
    return status;
}

hr_status hr_fold_in_held_out(const hr_trained_model *t, const hr_ratings *ratings, float *user_row,
                              hr_error *err)
{
    const hr_comm *world = &t->graph->grid.world;
    const int64_t count = hr_input_arrays_of(t->model, ratings->movies).count;
    hr_user_map map = {0};
    float *array = hr_alloc(count, sizeof *array);
    hr_status status = array ? HR_OK : hr_fail_memory(err, count, sizeof *array, "rows of movies by layer");
    HR_TRY(hr_agree(world, status, NULL, err));
    HR_TRY(hr_input_arrays_collect(t->graph, t->model, t->state, t->parameters, t->dense, array, err));
    if (hr_fold_in_wants_map(t->model))
        HR_TRY(make_map(&map, t, ratings, t->graph->mean_rating, err));
    status = fold_in(t, array, &map, ratings, user_row, err);
    HR_TRY(hr_agree(world, status, NULL, err));
done:
    hr_user_map_free(&map);
    free(array);
    return status;
}
