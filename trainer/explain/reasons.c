#include "trainer/explain/reasons.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "trainer/explain/shared_traits.h"

#include <math.h>
#include <stdlib.h>

hr_status hr_reasons_read_ratings(hr_h5 *dataset, const hr_explained_user *user, const hr_subject *subject,
                                  float *rating, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings slice = {0};
    const hr_ratings *from = &user->block->ratings;
    const float *value = user->block->given ? user->block->given : from->value;
    int64_t first = from->ptr[user->index], end = from->ptr[user->index + 1];
    if (!value && user->user >= 0) {
        HR_TRY(hr_dataset_read_slice(dataset, user->user, 1, 0.0, &slice, err));
        HR_TRY(hr_dataset_read_values(dataset, &slice, err));
        from = &slice;
        value = slice.value;
        first = 0;
        end = slice.count;
    }
    for (int64_t i = 0; i < subject->count; i++) {
        const int64_t at = hr_find_i32(from->movie + first, end - first, subject->movie[i]);
        rating[i] = value && at != HR_NOT_FOUND ? value[first + at] : NAN;
    }
done:
    hr_ratings_free(&slice);
    return status;
}

static int compare(const void *left, const void *right)
{
    const hr_reason *a = left, *b = right;
    if (a->share != b->share)
        return a->share > b->share ? -1 : 1;
    return (a->movie > b->movie) - (a->movie < b->movie);
}

/* The mean of those that are known; NaN without any. */
static double mean_of(const float *rating, int64_t count)
{
    double sum = 0.0, known = 0.0;
    for (int64_t i = 0; i < count; i++) {
        sum += isnan(rating[i]) ? 0.0 : (double)rating[i];
        known += !isnan(rating[i]);
    }
    return known > 0.0 ? sum / known : NAN;
}

hr_status hr_reasons_list(const hr_explainer *explainer, const hr_explained_user *user,
                          const hr_subject *subject, const double *share, const float *rating,
                          hr_explanation *explanation, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t count = 0;
    HR_ALLOC(explanation->reason, subject->count);
    for (int64_t i = 0; i < subject->count; i++)
        if (user->user >= 0 || subject->movie[i] != explanation->movie)
            explanation->reason[count++] = (hr_reason){subject->movie[i], share[i], rating[i]};
    explanation->reasons = count;
    explanation->reads_ratings = explainer->of[0].model.config->predicts_ratings;
    explanation->mean_rating = mean_of(rating, subject->count);
    qsort(explanation->reason, (size_t)count, sizeof *explanation->reason, compare);
    for (int64_t i = 0; i < count && (user->most == 0 || i < user->most); i++) {
        const int32_t movie = explanation->reason[i].movie;
        HR_TRY(hr_shared_genres(&explainer->catalogue->genres, movie, explanation->movie,
                                &explanation->genres, err));
        HR_TRY(hr_shared_tags(&explainer->text, movie, explanation->movie, &explanation->tags, err));
    }
done:
    return status;
}
