#include "trainer/explain/content_shares.h"

#include "io/base/memory.h"

#include <math.h>
#include <string.h>

/* The length of the sum of the movies' rows of terms.
 *   sum  [terms] zeros, which it receives */
static double text_length(const hr_text *text, const int32_t *movie, int64_t count, double *sum)
{
    double square = 0.0;
    for (int64_t i = 0; i < count; i++)
        for (int64_t j = text->ptr[movie[i]]; j < text->ptr[movie[i] + 1]; j++)
            sum[text->term[j]] += (double)text->weight[j];
    for (int64_t t = 0; t < text->terms; t++)
        square += sum[t] * sum[t];
    return sqrt(square);
}

/* The same of imported features, sum [columns]. */
static double feature_length(const hr_content *content, const int32_t *movie, int64_t count, double *sum)
{
    const int64_t columns = content->columns;
    double square = 0.0;
    for (int64_t i = 0; i < count; i++)
        for (int64_t c = 0; c < columns; c++)
            sum[c] += (double)content->features[movie[i] * columns + c];
    for (int64_t c = 0; c < columns; c++)
        square += sum[c] * sum[c];
    return sqrt(square);
}

/* Products of the rows of terms of the user's movies with that of the target, which weight [terms] holds. */
static void add_text(const hr_text *text, const int32_t *movie, int64_t count, const double *weight,
                     double factor, double *other, double *tags)
{
    for (int64_t i = 0; i < count; i++)
        for (int64_t j = text->ptr[movie[i]]; j < text->ptr[movie[i] + 1]; j++) {
            const int32_t term = text->term[j];
            double *share = text->kind[term] == HR_TERM_TAG ? tags : other;
            share[i] += factor * (double)text->weight[j] * weight[term];
        }
}

static void add_features(const hr_content *content, const int32_t *movie, int64_t count, int64_t target,
                         double factor, double *other)
{
    const int64_t columns = content->columns;
    for (int64_t i = 0; i < count; i++)
        for (int64_t c = 0; c < columns; c++)
            other[i] += factor * (double)content->features[movie[i] * columns + c] *
                        (double)content->features[target * columns + c];
}

hr_status hr_content_shares(const hr_content *content, const int32_t *movie, int64_t count, int64_t target,
                            double factor, double *other, double *tags, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_text *text = &content->text;
    const double text_share = content->columns > 0 ? 1.0 - (double)hr_feature_share : 1.0;
    double *weight = NULL, *feature = NULL;
    HR_ALLOC(weight, text->terms);
    HR_ALLOC(feature, content->columns);
    const double words = text_length(text, movie, count, weight);
    const double features = feature_length(content, movie, count, feature);
    memset(weight, 0, (size_t)text->terms * sizeof *weight);
    for (int64_t j = text->ptr[target]; j < text->ptr[target + 1]; j++)
        weight[text->term[j]] = (double)text->weight[j];
    if (words > 0.0)
        add_text(text, movie, count, weight, factor * text_share / words, other, tags);
    if (features > 0.0)
        add_features(content, movie, count, target, factor * (double)hr_feature_share / features, other);
done:
    free(weight);
    free(feature);
    return status;
}
