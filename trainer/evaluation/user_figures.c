#include "trainer/evaluation/user_figures.h"

#include "io/base/memory.h"

#include <string.h>

hr_status hr_user_figures_create(hr_user_figures *f, int64_t count, int64_t top, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(f->figure, count);
    f->count = count;
    f->top = top;
    if (!f->keeps_lists)
        return HR_OK;
    HR_ALLOC(f->length, count);
    HR_ALLOC(f->movie, count * top);
    HR_ALLOC(f->score, count * top);
    HR_ALLOC(f->is_held, count * top);
done:
    return status;
}

void hr_user_figures_free(hr_user_figures *f)
{
    free(f->figure);
    free(f->length);
    free(f->movie);
    free(f->score);
    free(f->is_held);
    *f = (hr_user_figures){0};
}

static void keep_list(hr_user_figures *f, int64_t index, const hr_user_list *list)
{
    const int64_t at = index * f->top;
    const size_t length = (size_t)list->length;
    f->length[index] = (int32_t)list->length;
    memcpy(f->movie + at, list->movie, length * sizeof *f->movie);
    memcpy(f->score + at, list->score, length * sizeof *f->score);
    memcpy(f->is_held + at, list->is_held, length * sizeof *f->is_held);
}

void hr_user_figures_set(hr_user_figures *f, int64_t index, const hr_ratings *ratings, hr_split split,
                         const hr_cutoffs *cutoffs, const hr_user_list *list)
{
    hr_user_figure *u = &f->figure[index];
    *u = (hr_user_figure){.user = ratings->first_user + list->user, .metrics = *list->metrics};
    for (int64_t i = ratings->ptr[list->user]; i < ratings->ptr[list->user + 1]; i++) {
        u->train += ratings->split[i] == HR_TRAIN || ratings->split[i] == HR_KNOWN;
        if (ratings->split[i] == (uint8_t)split) {
            u->held++;
            u->held_popular += f->is_popular[ratings->movie[i]];
        }
    }
    for (int i = 0; i < cutoffs->count; i++)
        for (int64_t rank = 0; rank < list->length && rank < cutoffs->k[i]; rank++)
            u->hits_popular[i] += list->is_held[rank] && f->is_popular[list->movie[rank]];
    if (f->keeps_lists)
        keep_list(f, index, list);
}
