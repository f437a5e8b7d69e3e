#include "io/base/memory.h"
#include "trainer/explain/explain.h"
#include "trainer/fold_in/input_arrays.h"
#include "trainer/models/model.h"

#include <stdio.h>
#include <string.h>

/* What a checkpoint keeps of movies' rows below the output. */
static hr_status read_array(hr_explained *e, const hr_loaded *l, hr_error *err)
{
    hr_status status = HR_OK;
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

const char *hr_model_label(const hr_loaded *loaded, int number, char *label, size_t size)
{
    const char *name = hr_loaded_model(loaded, number)->model.table->name;
    int before = 0;
    for (int i = 0; i < number; i++)
        before += strcmp(hr_loaded_model(loaded, i)->model.table->name, name) == 0;
    if (before == 0)
        snprintf(label, size, "%s", name);
    else
        snprintf(label, size, "%s%d", name, 1 + before);
    return label;
}

static hr_status explain_model(hr_explainer *e, int number, hr_error *err)
{
    hr_status status = HR_OK;
    hr_explained *explained = &e->of[number];
    const hr_loaded *l = hr_loaded_model(e->loaded, number);
    if (e->loaded->others > 0)
        hr_model_label(e->loaded, number, explained->label, sizeof explained->label);
    HR_TRY(read_array(explained, l, err));
    const int64_t mean = explained->fold_in.arrays.range; /* or -1 */
    explained->model = (hr_explained_model){
        .number = number,
        .config = &l->model,
        .mlp = &l->mlp,
        .weights = l->weights,
        .movies = l->data.movies,
        .movie_row = l->scorer.movie_row,
        .fold_in = &explained->fold_in,
        .mean_rating = explained->array && mean >= 0 ? (double)explained->array[mean] : 0.0};
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
    for (int i = 0; i <= loaded->others; i++)
        HR_TRY(explain_model(explainer, i, err));
done:
    return status;
}

void hr_explainer_free(hr_explainer *explainer)
{
    for (int i = 0; i < HR_MIXTURE_MODELS; i++) {
        hr_fold_in_free(&explainer->of[i].fold_in);
        free(explainer->of[i].array);
    }
    hr_train_figures_free(&explainer->train);
    hr_text_free(&explainer->text);
    *explainer = (hr_explainer){0};
}
