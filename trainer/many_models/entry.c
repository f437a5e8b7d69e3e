#include "trainer/many_models/entry.h"

#include "io/base/memory.h"
#include "io/options/list.h"
#include "trainer/config/recipe.h"

#include <stdio.h>
#include <string.h>

static hr_status add(hr_entries *entries, const hr_model *model, hr_loss loss, hr_error *err)
{
    hr_entry *e = &entries->entry[entries->count];
    const bool is_usual = loss == HR_LOSS_OWN || loss == model->losses[0];
    if (entries->count == HR_MOST_ENTRIES)
        return hr_fail(err, HR_USAGE, "--models: at most %d models are compared", HR_MOST_ENTRIES);
    snprintf(e->name, sizeof e->name, "%s%s%s", model->name, is_usual ? "" : ":",
             is_usual ? "" : hr_loss_names[loss]);
    for (int i = 0; i < entries->count; i++)
        if (strcmp(entries->entry[i].name, e->name) == 0)
            return hr_fail(err, HR_USAGE, "--models: %s is there twice", e->name);
    e->model = model;
    e->options = hr_train_defaults;
    e->options.loss = (int)loss;
    strcpy(e->options.model, model->name);
    entries->count++;
    return HR_OK;
}

/* Every model by its usual loss, and one of ratings by pairs too. */
static hr_status add_all(hr_entries *entries, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; hr_models[i] && status == HR_OK; i++) {
        const hr_model *model = hr_models[i];
        status = add(entries, model, HR_LOSS_OWN, err);
        if (status == HR_OK && model->losses[0] == HR_LOSS_MSE && hr_model_has_loss(model, HR_LOSS_BPR))
            status = add(entries, model, HR_LOSS_BPR, err);
    }
    return status;
}

/* "mf" or "mf:bpr". */
static hr_status add_named(hr_entries *entries, hr_word name, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = NULL;
    hr_train_options options = hr_train_defaults;
    hr_loss loss = HR_LOSS_OWN;
    char *colon = strchr(name, ':');
    if (colon)
        *colon = '\0';
    HR_TRY(hr_model_find_of("--models", name, &model, err));
    while (colon && hr_loss_names[options.loss] && strcmp(hr_loss_names[options.loss], colon + 1) != 0)
        options.loss++;
    if (!hr_loss_names[options.loss])
        HR_TRY(hr_fail(err, HR_USAGE, "--models %s:%s: no such loss; halorec train --help lists them", name,
                       colon + 1));
    HR_TRY(hr_recipe_loss(&options, model, &loss, err));
    HR_TRY(add(entries, model, loss, err));
done:
    return status;
}

static hr_status read_models(hr_entries *entries, const char *models, hr_error *err)
{
    hr_word names[HR_MOST_ENTRIES];
    const int count = hr_separate_words(models, ',', names, HR_MOST_ENTRIES);
    hr_status status = HR_OK;
    if (count < 1)
        return hr_fail(err, HR_USAGE,
                       "--models %s: expected all, or names of models with commas between them", models);
    for (int i = 0; i < count && status == HR_OK; i++)
        status = strcmp(names[i], "all") == 0 ? add_all(entries, err) : add_named(entries, names[i], err);
    return status;
}

/* One --with: the name that it begins with, and its options. */
typedef struct with {
    char name[HR_ENTRY_NAME], words[HR_OPTION_WORDS];
    hr_command_line line;
} with;

/* Options that are the comparison's own. */
static hr_status check_option(const with *w, const hr_option *option, hr_error *err)
{
    const bool is_kept = option->lifetime != HR_OPTION_CALL || strcmp(option->name, "recipe") == 0 ||
                         strcmp(option->name, "grid") == 0;
    static const char *const own[] = {"model", "loss", "seed"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(option->name, own[i]) == 0)
            return hr_fail(err, HR_USAGE, "--with %s: --%s is set by --models and --seeds", w->name, own[i]);
    if (!is_kept)
        return hr_fail(err, HR_USAGE, "--with %s: --%s is no option of a model", w->name, option->name);
    return HR_OK;
}

/* "mf:--dim 32", "mf --dim 32" or "mf:bpr: --dim 32"; free the line in any case. */
static hr_status read_with(with *w, const char *text, hr_error *err)
{
    hr_status status = HR_OK;
    const char *options = strstr(text, "--");
    size_t length = options ? (size_t)(options - text) : 0;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == ':'))
        length--;
    if (length == 0 || length >= sizeof w->name)
        return hr_fail(err, HR_USAGE, "--with %.100s: expected a model and options, such as mf:--dim 32",
                       text);
    memcpy(w->name, text, length);
    w->name[length] = '\0';
    HR_TRY(
        hr_fail_in(err, hr_command_line_read_text(&w->line, hr_train_table, options, w->words, err), text));
    for (int i = 0; i < w->line.count; i++)
        HR_TRY(check_option(w, w->line.settings[i].option, err));
done:
    return status;
}

/* Whether the options of a --with are the entry's. */
static bool is_for(const with *w, const hr_entry *entry)
{
    return strcmp(w->name, "all") == 0 || strcmp(w->name, entry->name) == 0;
}

/* The options of an entry: its defaults, and what each --with sets over them. */
static hr_status complete(hr_entry *entry, int withs, const with *all, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i < withs; i++) /* a recipe, which defaults go by */
        if (is_for(&all[i], entry))
            hr_options_apply(&all[i].line, &entry->options);
    HR_TRY(hr_recipe_apply(&entry->options, err));
    const int loss = entry->options.loss;
    for (int i = 0; i < withs; i++)
        if (is_for(&all[i], entry))
            hr_options_apply(&all[i].line, &entry->options);
    entry->options.loss = loss;
done:
    return status;
}

/* HR_USAGE where no entry is of that name. */
static hr_status check_name(const hr_entries *entries, const with *w, hr_error *err)
{
    for (int i = 0; i < entries->count; i++)
        if (is_for(w, &entries->entry[i]))
            return HR_OK;
    return hr_fail(err, HR_USAGE, "--with %s: it is not among --models", w->name);
}

hr_status hr_entries_read(hr_entries *entries, const char *models, int withs, const char *const *text,
                          hr_error *err)
{
    hr_status status = HR_OK;
    with *all = NULL;
    HR_ALLOC(entries->entry, HR_MOST_ENTRIES + 1);
    HR_ALLOC(all, withs);
    HR_TRY(read_models(entries, models, err));
    for (int i = 0; i < withs; i++) {
        HR_TRY(read_with(&all[i], text[i], err));
        HR_TRY(check_name(entries, &all[i], err));
    }
    for (int i = 0; i < entries->count; i++)
        HR_TRY(complete(&entries->entry[i], withs, all, err));
done:
    for (int i = 0; all && i < withs; i++)
        hr_command_line_free(&all[i].line);
    free(all);
    return status;
}

void hr_entries_free(hr_entries *entries)
{
    free(entries->entry);
    *entries = (hr_entries){0};
}
