#include "trainer/filters/one_user.h"

#include <string.h>

/* The sum of the numbers of a user's movies, in the order of a panel's sweep (kernels/edge_sweep.c). */
static float sum_of(const int32_t *movie, int64_t count, const hr_movie_number *number)
{
    float even = 0.0F, odd = 0.0F;
    int64_t e = 0;
    for (; e + 1 < count; e += 2) {
        even += number[movie[e]].x;
        odd += number[movie[e + 1]].x;
    }
    if (e < count)
        even += number[movie[e]].x;
    return even + odd;
}

static void sweep(const hr_filter *f, hr_movie_number *number)
{
    const hr_train_graph *g = f->graph;
    for (int64_t u = 0; u < g->users; u++) {
        const int32_t *movie = g->movie + g->ptr[u];
        const int64_t count = g->ptr[u + 1] - g->ptr[u];
        const float sum = f->user_factor[u] * sum_of(movie, count, number);
        for (int64_t e = 0; e < count && sum != 0.0F; e++)
            number[movie[e]].y += sum;
    }
}

/* After a sweep: score + scale P x, from which the next sweep goes on. */
static void end_sweep(const hr_filter *f, hr_movie_number *number, double scale, bool is_last, float *score)
{
    const float by = (float)(scale / f->largest);
    for (int64_t m = 0; m < f->graph->movies; m++) {
        const float value = score[m] + by * f->movie_factor[m] * number[m].y;
        if (is_last)
            score[m] = value;
        number[m] = (hr_movie_number){f->movie_factor[m] * value, 0.0F};
    }
}

void hr_filter_one(const hr_filter *f, hr_filter_workspace *w, const hr_filter_user *user, float *score)
{
    const hr_filter_options *o = &f->options;
    hr_filter_low_pass(f, w, user, 1);
    memset(w->number, 0, (size_t)f->graph->movies * sizeof *w->number);
    for (int64_t i = 0; i < user->count; i++)
        w->number[user->movie[i]].x = f->movie_factor[user->movie[i]];
    for (int64_t m = 0; m < f->graph->movies; m++)
        score[m] = w->value[m].floats[0];
    sweep(f, w->number);
    end_sweep(f, w->number, 1.0, true, score);
    for (int64_t k = o->step != 0.0 ? o->degree : 0; k > 0; k--) {
        sweep(f, w->number);
        end_sweep(f, w->number, -o->step / (double)k, k == 1, score);
    }
}
