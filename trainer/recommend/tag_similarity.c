#include "trainer/recommend/tag_similarity.h"

#include "io/base/memory.h"

#include <math.h>

/* Appends the tags of one movie. */
static void add_movie(hr_tag_rows *rows, const hr_text *text, int64_t movie)
{
    const int64_t first = rows->ptr[movie];
    int64_t next = first;
    double square = 0.0;
    for (int64_t i = text->ptr[movie]; i < text->ptr[movie + 1]; i++) {
        if (text->kind[text->term[i]] != HR_TERM_TAG)
            continue;
        rows->term[next] = text->term[i];
        rows->weight[next++] = text->weight[i];
        square += (double)text->weight[i] * (double)text->weight[i];
    }
    for (int64_t i = first; i < next; i++)
        rows->weight[i] = (float)((double)rows->weight[i] / sqrt(square));
    rows->ptr[movie + 1] = next;
}

hr_status hr_tag_rows_create(hr_tag_rows *rows, const hr_text *text, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t tags = 0;
    for (int64_t i = 0; i < text->ptr[text->movies]; i++)
        tags += text->kind[text->term[i]] == HR_TERM_TAG;
    HR_ALLOC(rows->ptr, text->movies + 1);
    HR_ALLOC(rows->term, tags);
    HR_ALLOC(rows->weight, tags);
    for (int64_t m = 0; m < text->movies; m++)
        add_movie(rows, text, m);
done:
    return status;
}

void hr_tag_rows_free(hr_tag_rows *rows)
{
    free(rows->ptr);
    free(rows->term);
    free(rows->weight);
    *rows = (hr_tag_rows){0};
}

static double cosine(const void *known, int32_t movie, int32_t other)
{
    const hr_tag_rows *rows = known;
    const int64_t end = rows->ptr[movie + 1], other_end = rows->ptr[other + 1];
    double sum = 0.0;
    for (int64_t i = rows->ptr[movie], j = rows->ptr[other]; i < end && j < other_end;) {
        if (rows->term[i] == rows->term[j])
            sum += (double)rows->weight[i++] * (double)rows->weight[j++];
        else if (rows->term[i] < rows->term[j])
            i++;
        else
            j++;
    }
    return sum;
}

hr_similarity hr_tag_similarity(const hr_tag_rows *rows)
{
    return (hr_similarity){"tags", cosine, rows};
}
