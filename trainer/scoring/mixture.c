#include "trainer/scoring/mixture.h"

#include "io/base/memory.h"
#include "io/options/list.h"
#include "partition/halo/blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Content and popularity, beside models. */
enum { OTHERS = 2 };

/* Reads "70/20/10", or "60/40" of two models. */
static bool read_shares(const char *text, int models, hr_mixture_band *band)
{
    double part[HR_MIXTURE_MODELS + OTHERS], sum = 0.0;
    const int parts = hr_separate_reals(text, '/', part, models + OTHERS);
    const bool of_models = models > 1 && parts == models;
    if (!of_models && parts != models + OTHERS)
        return false;
    for (int i = 0; i < parts; i++) {
        if (!(part[i] >= 0.0))
            return false;
        sum += part[i];
    }
    band->content = of_models ? 0.0 : part[0] / sum;
    band->popularity = of_models ? 0.0 : part[2] / sum;
    band->model[0] = (of_models ? part[0] : part[1]) / sum;
    for (int i = 1; i < models; i++)
        band->model[i] = part[of_models ? i : i + OTHERS] / sum;
    return sum > 0.0;
}

/* Reads "5:70/20/10", or "70/20/10" where it is the last band. */
static bool read_band(char *text, bool last, int64_t above, int models, hr_mixture_band *band)
{
    char *shares = strchr(text, ':');
    band->below = INT64_MAX;
    if (last != !shares)
        return false;
    if (last)
        return read_shares(text, models, band);
    *shares++ = '\0';
    return hr_separate_ints(text, ',', &band->below, 1) == 1 && band->below > above &&
           read_shares(shares, models, band);
}

static hr_status refuse(const char *text, int models, hr_error *err)
{
    static const char *const examples[] = {"60/40", "50/30/20", "40/30/20/10"};
    if (models == 1)
        return hr_fail(
            err, HR_USAGE,
            "--mixture %s: expected up to %d bands of CONTENT/MODEL/POPULARITY, each but the last after "
            "the number of ratings that it is below, such as 5:70/20/10,30/60/10",
            text, HR_MIXTURE_BANDS);
    return hr_fail(
        err, HR_USAGE,
        "--mixture %s: expected a share for each of %d models, such as %s, or CONTENT/MODEL/POPULARITY "
        "and a share for each other model; up to %d such bands, each but the last after the number of "
        "ratings that it is below",
        text, models, examples[models - 2], HR_MIXTURE_BANDS);
}

hr_status hr_mixture_parse(const char *text, int models, hr_mixture *mixture, hr_error *err)
{
    hr_word band[HR_MIXTURE_BANDS];
    const int bands = hr_separate_words(text, ',', band, HR_MIXTURE_BANDS);
    int64_t above = 0;
    *mixture = (hr_mixture){.models = models};
    while (mixture->bands < bands && read_band(band[mixture->bands], mixture->bands + 1 == bands, above,
                                               models, &mixture->band[mixture->bands]))
        above = mixture->band[mixture->bands++].below;
    if (mixture->bands == bands)
        return HR_OK;
    mixture->bands = 0;
    return refuse(text, models, err);
}

hr_mixture_band hr_mixture_of(const hr_mixture *mixture, int64_t ratings, const bool *knows)
{
    int i = 0;
    while (i < mixture->bands - 1 && ratings >= mixture->band[i].below)
        i++;
    hr_mixture_band band = mixture->band[i];
    double sum = band.content + band.popularity;
    bool all = true;
    for (int m = 0; m < mixture->models; m++) {
        all = all && knows[m];
        sum += knows[m] ? band.model[m] : 0.0;
    }
    if (all || sum == 0.0)
        return band;
    for (int m = 0; m < mixture->models; m++)
        band.model[m] = knows[m] ? band.model[m] / sum : 0.0;
    band.content /= sum;
    band.popularity /= sum;
    return band;
}

int hr_mixture_alone(const hr_mixture_band *band, int models)
{
    int alone = -1;
    bool others = band->content > 0.0 || band->popularity > 0.0;
    for (int m = 0; m < models; m++)
        if (band->model[m] > 0.0) {
            others = others || alone >= 0;
            alone = m;
        }
    return others ? -1 : alone;
}

bool hr_mixture_wants_content(const hr_mixture *mixture)
{
    bool wants = false;
    for (int i = 0; i < mixture->bands; i++)
        wants = wants || mixture->band[i].content > 0.0;
    return wants;
}

/* Moves and stretches scores to [0, 1]; those that are all alike become 0. */
static void scale(float *score, int64_t count)
{
    float lowest = INFINITY, highest = -INFINITY;
    for (int64_t i = 0; i < count; i++) {
        lowest = fminf(lowest, score[i]);
        highest = fmaxf(highest, score[i]);
    }
    const float factor = highest > lowest ? 1.0F / (highest - lowest) : 0.0F;
    for (int64_t i = 0; i < count; i++)
        score[i] = factor * (score[i] - lowest);
}

static hr_status add_ratings(void *popularity, hr_ratings *slice, hr_error *err)
{
    (void)err;
    for (int64_t i = 0; i < slice->count; i++)
        if (slice->split[i] == HR_TRAIN)
            ((float *)popularity)[slice->movie[i]] += 1.0F;
    return HR_OK;
}

/* Train ratings of each movie, of this rank's block of users. */
static hr_status count_ratings(hr_mixer *mixer, const hr_comm *comm, hr_h5 *file,
                               const hr_dataset_summary *data, double valid, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_row_block block = hr_row_block_of(comm, data->users, data->movies);
    HR_ALLOC(mixer->popularity, data->movies);
    HR_TRY(hr_dataset_each_slice(file, block.first_user, block.users, valid, false, add_ratings,
                                 mixer->popularity, err));
done:
    return status;
}

static hr_status mixer_new(hr_mixer *mixer, const hr_comm *comm, const char *dataset, int models,
                           const hr_scoring_config *config, hr_dataset_summary *data, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    HR_TRY(hr_mixture_parse(config->mixture, models, &mixer->mixture, err));
    if (mixer->mixture.bands == 0)
        return HR_OK;
    mixer->uses_content = hr_mixture_wants_content(&mixer->mixture);
    if (mixer->uses_content && config->valid > 0.0)
        HR_TRY(hr_fail(
            err, HR_USAGE,
            "--valid %g: tags on the ratings that it would hold out are in the text features of %s, which "
            "--mixture %s reads; import the data with a validation part, --split ratio:0.8,0.1,0.1",
            config->valid, dataset, config->mixture));
    HR_TRY(hr_dataset_open(&file, data, dataset, err));
    if (mixer->uses_content)
        HR_TRY(hr_content_read(&mixer->content, file, config, err));
    HR_TRY(count_ratings(mixer, comm, file, data, config->valid, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_mixer_create(hr_mixer *mixer, const hr_comm *comm, const char *dataset, int models,
                          const hr_scoring_config *config, hr_error *err)
{
    hr_dataset_summary data;
    hr_status status = mixer_new(mixer, comm, dataset, models, config, &data, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (mixer->mixture.bands == 0)
        return HR_OK;
    HR_TRY(hr_sum_f32(comm, mixer->popularity, data.movies, err));
    scale(mixer->popularity, data.movies);
done:
    return status;
}

void hr_mixer_free(hr_mixer *mixer)
{
    hr_content_free(&mixer->content);
    free(mixer->popularity);
    *mixer = (hr_mixer){0};
}

void hr_mixer_mix(const hr_mixer *mixer, int64_t ratings, const bool *knows, int64_t movies, float *content,
                  float *const *score)
{
    const hr_mixture_band band = hr_mixture_of(&mixer->mixture, ratings, knows);
    const float a = (float)band.content, b = (float)band.model[0], c = (float)band.popularity;
    const int models = mixer->mixture.models, alone = hr_mixture_alone(&band, models);
    if (alone > 0)
        memcpy(score[0], score[alone], (size_t)movies * sizeof *score[0]);
    if (alone >= 0)
        return;
    scale(content, movies);
    for (int i = 0; i < models; i++)
        scale(score[i], movies);
    for (int64_t m = 0; m < movies; m++)
        score[0][m] = a * content[m] + b * score[0][m] + c * mixer->popularity[m];
    for (int i = 1; i < models; i++)
        for (int64_t m = 0; m < movies; m++)
            score[0][m] += (float)band.model[i] * score[i][m];
}
