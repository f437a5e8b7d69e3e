#include "trainer/config/recipe.h"

#include <string.h>

/* Options of a recipe that differ from hr_train_defaults. */
static const char *const recipe_options[] = {
    [HR_RECIPE_FAST] = "",
    [HR_RECIPE_REFERENCE] =
        "--recipe reference --user-power 0.5 --sample user --batch 2048 --pool 0 "
        "--negatives 1 --spectral-rounds 0 --lr 0.001 --decay 1e-4 --schedule constant "
        "--epochs 1000 --eval-every 10"};

/* Sets the options of a line of words; NULL sets none. */
static hr_status apply_line(const char *text, hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    char words[HR_OPTION_WORDS];
    hr_command_line line = {0};
    HR_TRY(hr_command_line_read_text(&line, hr_train_table, text ? text : "", words, err));
    hr_options_apply(&line, options);
done:
    hr_command_line_free(&line);
    return status;
}

hr_status hr_recipe_loss(const hr_train_options *options, const hr_model *model, hr_loss *loss, hr_error *err)
{
    *loss = options->loss == HR_LOSS_OWN ? model->losses[0] : (hr_loss)options->loss;
    if (*loss != HR_LOSS_OWN && !hr_model_has_loss(model, *loss))
        return hr_fail(err, HR_USAGE, "--loss %s: --model %s is not trained by it", hr_loss_names[*loss],
                       model->name);
    return HR_OK;
}

hr_status hr_recipe_apply(hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = NULL;
    hr_loss loss = HR_LOSS_OWN;
    const hr_train_options asked = *options;
    HR_TRY(hr_model_find(asked.model, &model, err));
    HR_TRY(hr_recipe_loss(&asked, model, &loss, err));
    *options = hr_train_defaults;
    strcpy(options->model, asked.model);
    options->loss = (int)loss;
    HR_TRY(apply_line(recipe_options[asked.recipe], options, err));
    HR_TRY(apply_line(model->defaults, options, err));
    if (options->loss == HR_LOSS_MSE)
        HR_TRY(apply_line(model->rating_defaults, options, err));
done:
    return status;
}
