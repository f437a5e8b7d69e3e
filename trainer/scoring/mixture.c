#include "trainer/scoring/mixture.h"

#include "io/base/memory.h"
#include "io/options/list.h"
#include "partition/halo/blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Reads "70/20/10". */
static bool read_shares(const char *text, hr_mixture_band *band)
{
    double part[3];
    if (hr_separate_reals(text, '/', part, 3) != 3 || !(part[0] >= 0.0 && part[1] >= 0.0 && part[2] >= 0.0))
        return false;
    const double sum = part[0] + part[1] + part[2];
    band->content = part[0] / sum;
    band->collaborative = part[1] / sum;
    band->popularity = part[2] / sum;
    return sum > 0.0;
}

/* Reads "5:70/20/10", or "70/20/10" where it is the last band. */
static bool read_band(char *text, bool last, int64_t above, hr_mixture_band *band)
{
    char *shares = strchr(text, ':');
    band->below = INT64_MAX;
    if (last != !shares)
        return false;
    if (last)
        return read_shares(text, band);
    *shares++ = '\0';
    return hr_separate_ints(text, ',', &band->below, 1) == 1 && band->below > above &&
           read_shares(shares, band);
}

hr_status hr_mixture_parse(const char *text, hr_mixture *mixture, hr_error *err)
{
    hr_word band[HR_MIXTURE_BANDS];
    const int bands = hr_separate_words(text, ',', band, HR_MIXTURE_BANDS);
    int64_t above = 0;
    *mixture = (hr_mixture){0};
    while (mixture->bands < bands && read_band(band[mixture->bands], mixture->bands + 1 == bands, above,
                                               &mixture->band[mixture->bands]))
        above = mixture->band[mixture->bands++].below;
    if (mixture->bands == bands)
        return HR_OK;
    mixture->bands = 0;
    return hr_fail(
        err, HR_USAGE,
        "--mixture %s: expected up to %d bands of CONTENT/MODEL/POPULARITY, each but the last after "
        "the number of ratings that it is below, such as 5:70/20/10,30/60/10",
        text, HR_MIXTURE_BANDS);
}

hr_mixture_band hr_mixture_of(const hr_mixture *mixture, int64_t ratings, bool knows)
{
    int i = 0;
    while (i < mixture->bands - 1 && ratings >= mixture->band[i].below)
        i++;
    hr_mixture_band band = mixture->band[i];
    const double others = band.content + band.popularity;
    if (knows)
        return band;
    band.collaborative = 0.0;
    band.content = others > 0.0 ? band.content / others : 0.0;
    band.popularity = others > 0.0 ? band.popularity / others : 1.0;
    return band;
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

static hr_status mixer_new(hr_mixer *mixer, const hr_comm *comm, const char *dataset,
                           const hr_scoring_config *config, hr_dataset_summary *data, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    HR_TRY(hr_mixture_parse(config->mixture, &mixer->mixture, err));
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

hr_status hr_mixer_create(hr_mixer *mixer, const hr_comm *comm, const char *dataset,
                          const hr_scoring_config *config, hr_error *err)
{
    hr_dataset_summary data;
    hr_status status = mixer_new(mixer, comm, dataset, config, &data, err);
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

void hr_mixer_mix(const hr_mixer *mixer, int64_t ratings, bool knows, int64_t movies, float *content,
                  float *score)
{
    const hr_mixture_band band = hr_mixture_of(&mixer->mixture, ratings, knows);
    const float a = (float)band.content, b = (float)band.collaborative, c = (float)band.popularity;
    scale(content, movies);
    scale(score, movies);
    for (int64_t m = 0; m < movies; m++)
        score[m] = a * content[m] + b * score[m] + c * mixer->popularity[m];
}
