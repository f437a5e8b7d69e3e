#include "trainer/fold_in/read_fold_in.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/checkpoint/checkpoint.h"
#include "trainer/models/model.h"

/* Ranges that the sample of users is divided into. */
enum { RANGES = 64 };

static hr_status read_array(hr_newcomer_model *n, hr_h5 *checkpoint, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    if (count > 0)
        HR_TRY(hr_checkpoint_expect_dense(checkpoint, "fold_in", count, err));
    HR_ALLOC(n->array, count);
    if (count > 0)
        HR_TRY(hr_checkpoint_read_dense(checkpoint, &(hr_checkpoint_dense){"fold_in", count, n->array}, err));
done:
    return status;
}

/* Adds users first … first + count - 1 to the map. */
static hr_status add_range(hr_user_map *map, const hr_newcomer_source *source, int64_t first, int64_t count,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings ratings = {0};
    hr_checkpoint_rows rows = {.name = source->summary->source};
    float *value = NULL;
    int32_t *movie = NULL;
    HR_TRY(hr_dataset_read_slice(source->dataset, first, count, source->valid, &ratings, err));
    if (map->reads_ratings)
        HR_TRY(hr_dataset_read_values(source->dataset, &ratings, err));
    const int64_t largest = hr_offsets_largest(ratings.ptr, count);
    HR_ALLOC(rows.block, count * map->dim);
    HR_ALLOC(value, largest);
    HR_ALLOC(movie, largest);
    HR_TRY(hr_checkpoint_read(source->checkpoint, source->summary, &rows, &(hr_row_block){first, count, 0, 0},
                              err));
    hr_user_map_add(map, &ratings, rows.block, movie, value);
done:
    free(rows.block);
    free(value);
    free(movie);
    hr_ratings_free(&ratings);
    return status;
}

static hr_status make_map(hr_newcomer_model *n, const hr_newcomer_source *source, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    const hr_model_config *model = source->model;
    const hr_input_arrays arrays = hr_input_arrays_of(model, source->summary->movies);
    const double mean = arrays.range >= 0 ? (double)n->array[arrays.range] : 0.0;
    const int64_t users = source->summary->users, share = HR_MAP_SAMPLE / RANGES;
    HR_TRY(hr_user_map_create(&n->map, model->dim, model->predicts_ratings, mean, source->movie_row, err));
    for (int64_t i = 0; i < RANGES; i++) {
        const int64_t first = users * i / RANGES, all = users * (i + 1) / RANGES - first;
        if (all > 0)
            HR_TRY(add_range(&n->map, source, first, all < share ? all : share, err));
    }
    HR_TRY(hr_user_map_solve(&n->map, &alone, err));
done:
    return status;
}

hr_status hr_newcomer_model_read(hr_newcomer_model *n, const hr_newcomer_source *source, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = source->summary->movies;
    HR_TRY(read_array(n, source->checkpoint, hr_input_arrays_of(source->model, movies).count, err));
    const bool mapped = hr_fold_in_wants_map(source->model);
    if (mapped)
        HR_TRY(make_map(n, source, err));
    n->fold_in = (hr_fold_in){.model = source->model,
                              .movies = movies,
                              .movie_row = source->movie_row,
                              .array = n->array,
                              .map = mapped ? &n->map : NULL};
    HR_TRY(hr_fold_in_create(&n->fold_in, err));
done:
    return status;
}

void hr_newcomer_model_free(hr_newcomer_model *n)
{
    hr_fold_in_free(&n->fold_in);
    hr_user_map_free(&n->map);
    free(n->array);
    *n = (hr_newcomer_model){0};
}
