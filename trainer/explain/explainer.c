#include "io/base/memory.h"
#include "trainer/explain/explain.h"
#include "trainer/fold_in/input_arrays.h"

/* What a checkpoint keeps of movies' rows below the output. */
static hr_status read_array(hr_explainer *e, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_loaded *l = e->loaded;
    const int64_t count = hr_input_arrays_of(&l->model, l->data.movies).count;
    e->fold_in = (hr_fold_in){.model = &l->model, .movies = l->data.movies, .movie_row = l->scorer.movie_row};
    if (count > 0) {
        HR_TRY(hr_checkpoint_expect_dense(l->source.checkpoint, "fold_in", count, err));
        HR_ALLOC(e->array, count);
        HR_TRY(hr_checkpoint_read_dense(l->source.checkpoint,
                                        &(hr_checkpoint_dense){"fold_in", count, e->array}, err));
    }
    e->fold_in.array = e->array;
    HR_TRY(hr_fold_in_create(&e->fold_in, err));
done:
    return status;
}

hr_status hr_explainer_create(hr_explainer *explainer, const hr_loaded *loaded, const hr_catalogue *catalogue,
                              hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    hr_h5 *dataset = loaded->source.dataset;
    *explainer = (hr_explainer){.loaded = loaded, .catalogue = catalogue};
    HR_TRY(hr_train_figures_read(&explainer->train, &alone, dataset, &loaded->data, loaded->scoring.valid,
                                 loaded->scoring.predicts_ratings, err));
    if (hr_h5_content_of(dataset, "text/ptr") != HR_H5_NONE)
        HR_TRY(hr_dataset_read_text(dataset, &explainer->text, err));
    HR_TRY(read_array(explainer, err));
    const int64_t mean = explainer->fold_in.arrays.range; /* or -1 */
    explainer->model = (hr_explained_model){
        .config = &loaded->model,
        .mlp = &loaded->mlp,
        .weights = loaded->weights,
        .movies = loaded->data.movies,
        .movie_row = loaded->scorer.movie_row,
        .fold_in = &explainer->fold_in,
        .mean_rating = explainer->array && mean >= 0 ? (double)explainer->array[mean] : 0.0};
done:
    return status;
}

void hr_explainer_free(hr_explainer *explainer)
{
    hr_fold_in_free(&explainer->fold_in);
    free(explainer->array);
    hr_train_figures_free(&explainer->train);
    hr_text_free(&explainer->text);
    *explainer = (hr_explainer){0};
}
