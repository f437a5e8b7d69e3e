#include "trainer/fold_in/input_arrays.h"

#include "io/base/memory.h"
#include "partition/halo/blocks.h"
#include "trainer/models/model.h"

/* Mean, lowest and highest. */
enum { RANGE = 3 };

hr_input_arrays hr_input_arrays_of(const hr_model_config *config, int64_t movies)
{
    const hr_user_inputs *inputs = config->table->user_inputs;
    hr_input_arrays a = {.range = -1};
    if (inputs) {
        a.matrices = inputs->matrices(config);
        a.weights = inputs->weight_count ? inputs->weight_count(config) : 0;
    }
    a.first_weight = a.matrices * movies * config->dim;
    a.count = a.first_weight + a.weights;
    if (config->predicts_ratings)
        a.range = a.count;
    a.count += config->predicts_ratings ? RANGE : 0;
    return a;
}

/* One matrix, from owned rows to all movies' in global order. */
static hr_status collect(hr_graph_context *graph, const hr_user_inputs *inputs, void *model_state,
                         const float *parameters, int64_t number, float *rows, float *block, float *matrix,
                         hr_error *err)
{
    hr_status status = HR_OK;
    const hr_row_block mine = hr_row_block_of(&graph->grid.world, graph->shard.users, graph->shard.movies);
    HR_TRY(inputs->matrix(model_state, number, parameters, rows, err));
    HR_TRY(hr_blocks_collect(graph->blocks, rows, block, err));
    HR_TRY(hr_blocks_gather_movies(&graph->grid.world, block + mine.users * graph->grid.dim,
                                   graph->shard.movies, graph->grid.dim, matrix, err));
done:
    return status;
}

hr_status hr_input_arrays_collect(hr_graph_context *graph, const hr_model_config *config, void *model_state,
                                  const float *parameters, const float *dense, float *array, hr_error *err)
{
    hr_status status = HR_OK;
    float *rows = NULL, *block = NULL;
    const int64_t movies = graph->shard.movies;
    const hr_user_inputs *inputs = config->table->user_inputs;
    const hr_input_arrays a = hr_input_arrays_of(config, movies);
    if (a.range >= 0) {
        array[a.range] = (float)graph->mean_rating;
        array[a.range + 1] = (float)graph->lowest_rating;
        array[a.range + 2] = (float)graph->highest_rating;
    }
    if (a.weights > 0)
        inputs->copy_weights(model_state, dense, array + a.first_weight);
    if (a.matrices == 0)
        return HR_OK;
    rows = hr_alloc(graph->shard.owned * graph->grid.columns, sizeof *rows);
    block = hr_alloc(hr_blocks_rows(graph->blocks) * graph->grid.dim, sizeof *block);
    if (!rows || !block)
        status =
            hr_fail_memory(err, graph->shard.owned * graph->grid.columns, sizeof *rows, "rows of movies");
    HR_TRY(hr_agree(&graph->grid.world, status, NULL, err));
    for (int64_t k = 0; k < a.matrices; k++)
        HR_TRY(collect(graph, inputs, model_state, parameters, k, rows, block,
                       array + k * movies * config->dim, err));
done:
    free(rows);
    free(block);
    return status;
}
