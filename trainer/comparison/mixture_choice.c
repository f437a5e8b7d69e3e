#include "trainer/comparison/mixture_choice.h"

#include "trainer/evaluation/evaluate.h"

#include <stdio.h>
#include <string.h>

/* The shares as --mixture reads them. */
static void write_shares(hr_tried_mixture *tried, const int *tenths, int models)
{
    char *text = tried->shares;
    for (int i = 0; i < models; i++)
        text += snprintf(text, (size_t)(tried->shares + sizeof tried->shares - text), "%s%d",
                         i > 0 ? "/" : "", tenths[i] * 100 / HR_SHARE_PARTS);
}

/* Moves to the next way to divide the tenths, in order of less of the first models; returns whether there was one. */
static bool next_shares(int *tenths, int models)
{
    const int last = models - 1, rest = tenths[last];
    int i = last - 1;
    while (i >= 0 && tenths[i] == 0)
        i--;
    if (i < 0)
        return false;
    tenths[i]--;
    tenths[last] = 0;
    tenths[i + 1] = rest + 1;
    return true;
}

static void list_shares(hr_mixture_choice *choice, int models)
{
    int tenths[HR_MIXTURE_MODELS] = {HR_SHARE_PARTS};
    do
        write_shares(&choice->tried[choice->count++], tenths, models);
    while (choice->count < HR_MOST_CHOICES && next_shares(tenths, models));
}

/* Has the model score by shares. */
static hr_status use(hr_loaded *loaded, const hr_tried_mixture *tried, hr_error *err)
{
    snprintf(loaded->scoring.mixture, sizeof loaded->scoring.mixture, "%s", tried->shares);
    return hr_mixture_parse(tried->shares, 1 + loaded->others, &loaded->mixer.mixture, err);
}

static hr_status check(const hr_loaded *loaded, hr_error *err)
{
    if (loaded->others == 0)
        return hr_fail(err, HR_USAGE,
                       "--mixture auto: chooses shares of several models; give another --with FILE");
    if (loaded->data.splits[HR_VALID] > 0 || loaded->scoring.valid > 0.0)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "--mixture auto: %s has no validation part to choose by; train both with --valid 0.1, and "
                   "give the shares that they have there to models that are trained on all",
                   hr_h5_path(loaded->source.dataset));
}

/* HR_INPUT where nobody had anything held out. */
static hr_status check_users(const hr_loaded *loaded, const hr_metrics *metrics, hr_error *err)
{
    if (metrics->users > 0.0)
        return HR_OK;
    return hr_fail(
        err, HR_INPUT,
        "--mixture auto: no user%s has a rating in the validation part of %s to choose by; ask for "
        "more users, or give shares",
        loaded->sample_users > 0 ? " of those drawn" : "", hr_h5_path(loaded->source.dataset));
}

hr_status hr_mixture_choose(hr_mixture_choice *choice, const hr_comm *comm, hr_loaded *loaded,
                            const hr_cutoffs *cutoffs, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_evaluation asked = {.split = HR_VALID, .cutoffs = cutoffs};
    const int largest = cutoffs->count - 1;
    hr_metrics metrics;
    HR_TRY(check(loaded, err));
    choice->k = cutoffs->k[largest];
    list_shares(choice, 1 + loaded->others);
    for (int i = 0; i < choice->count; i++) {
        hr_tried_mixture *tried = &choice->tried[i];
        HR_TRY(use(loaded, tried, err));
        HR_TRY(hr_evaluate(comm, &loaded->scorer, &asked, &metrics, err));
        HR_TRY(check_users(loaded, &metrics, err));
        tried->recall = metrics.at[largest].recall;
        tried->ndcg = metrics.at[largest].ndcg;
        if (tried->recall > choice->tried[choice->best].recall)
            choice->best = i;
    }
    HR_TRY(use(loaded, &choice->tried[choice->best], err));
done:
    return status;
}
