#include "trainer/fold_in/method.h"

#include "io/base/memory.h"
#include "trainer/fold_in/hard_negatives.h"
#include "trainer/fold_in/layers.h"
#include "trainer/fold_in/least_squares.h"
#include "trainer/models/model.h"

#include <string.h>

hr_status hr_fold_in_workspace_create(hr_fold_in_workspace *w, const hr_fold_in *f, int64_t largest,
                                      hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = f->model->dim;
    HR_ALLOC(w->matrix, dim * dim);
    HR_ALLOC(w->vector, dim);
    HR_ALLOC(w->wide, f->map ? f->map->features : dim);
    for (size_t i = 0; i < sizeof w->layer / sizeof *w->layer; i++)
        HR_ALLOC(w->layer[i], dim);
    HR_ALLOC(w->weight, largest);
    HR_ALLOC(w->movie, largest);
    HR_ALLOC(w->value, largest);
    if (hr_fold_in_takes_steps(f->model)) {
        HR_ALLOC(w->score, f->movies);
        HR_ALLOC(w->ranked, f->movies);
    }
done:
    return status;
}

void hr_fold_in_workspace_free(hr_fold_in_workspace *w)
{
    free(w->matrix);
    free(w->vector);
    free(w->wide);
    for (size_t i = 0; i < sizeof w->layer / sizeof *w->layer; i++)
        free(w->layer[i]);
    free(w->weight);
    free(w->movie);
    free(w->value);
    free(w->score);
    free(w->ranked);
    *w = (hr_fold_in_workspace){0};
}

/* Of models whose users' rows say nothing of the user, or that score by ratings. */
static void leave(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, float *row)
{
    (void)f, (void)w, (void)known, (void)row;
}

static const hr_fold_in_method as_it_is = {.user = leave};

/* Of models whose users' rows are parameters. */
static void predict(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, float *row)
{
    hr_user_map_features(f->map, known, w->wide);
    hr_user_map_apply(f->map, w->wide, row);
    hr_fold_in_set_biases(f, row);
}

static const hr_fold_in_method predicted = {.wants_map = true, .user = predict};

/* By the name of the model; of those that learn rows of their own, by their loss. */
static const struct {
    const char *model;
    const hr_fold_in_method *rankings, *ratings;
} methods[] = {{"als", NULL, &hr_fold_in_ratings},           {"ials", &hr_fold_in_movies, NULL},
               {"mf", &predicted, &hr_fold_in_ratings},      {"lightgcn", &hr_fold_in_lightgcn, NULL},
               {"sage", &hr_fold_in_sage, &hr_fold_in_sage}, {"gat", &hr_fold_in_gat, &hr_fold_in_gat},
               {"gatv2", &hr_fold_in_gat, &hr_fold_in_gat},  {"ncf", &predicted, &predicted},
               {"hybrid", &predicted, &predicted},           {"popular", &as_it_is, &as_it_is},
               {"toprated", &as_it_is, &as_it_is},           {"content", &as_it_is, &as_it_is}};

/* Models without layers have users' rows that are parameters, as mf's are. */
static const char *name_of(const hr_model_config *model)
{
    const bool has_layers = hr_input_arrays_of(model, 0).matrices > 0;
    if (model->table->user_inputs && !has_layers)
        return model->has_mlp ? "ncf" : "mf";
    return model->table->name;
}

const hr_fold_in_method *hr_fold_in_method_of(const hr_model_config *model)
{
    const char *name = name_of(model);
    if (model->table->by_ratings)
        return &as_it_is;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].model, name) == 0)
            return model->predicts_ratings ? methods[i].ratings : methods[i].rankings;
    return NULL;
}
