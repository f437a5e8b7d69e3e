#include "io/split/splitter.h"

#include <math.h>
#include <string.h>

/* A user's ratings in random order, as three pieces: which part each piece goes to, and where it ends. */
typedef struct pieces {
    uint8_t part[3];
    int64_t first_end, second_end;
} pieces;

static int64_t at_most(int64_t count, int64_t most)
{
    return count < most ? count : most;
}

/* Where shares end among whole numbers: x + u rounded down is, for u uniform in (0, 1), x in the mean, and so is the
 * difference of two of them (systematic sampling). */
static pieces cut_by_ratio(const hr_splitter *s, int64_t count, double uniform)
{
    const double *share = s->rule->share;
    const double test = (double)count * share[HR_TEST], valid = (double)count * share[HR_VALID];
    const int64_t most = count > 0 ? count - 1 : 0; /* one stays in train */
    return (pieces){{HR_TEST, HR_VALID, HR_TRAIN},
                    at_most((int64_t)floor(uniform + test), most),
                    at_most((int64_t)floor(uniform + test + valid), most)};
}

static pieces cut_by_folds(const hr_splitter *s, int64_t count, double uniform)
{
    const double each = (double)count / (double)s->rule->folds;
    const double first = each * (double)(s->rule->fold - 1), end = each * (double)s->rule->fold;
    return (pieces){{HR_TRAIN, HR_TEST, HR_TRAIN},
                    (int64_t)floor(uniform + first),
                    s->rule->fold == s->rule->folds ? count : (int64_t)floor(uniform + end)};
}

static pieces cut_by_key(const hr_splitter *s, int64_t user, int64_t count, double uniform)
{
    const int64_t key = s->user_key[user];
    if (key == INT64_MIN || key > s->last[HR_VALID])
        return (pieces){{HR_TRAIN, HR_TRAIN, HR_TRAIN}, 0, 0};
    const int64_t judged = (int64_t)floor(uniform + (double)count * (1.0 - s->rule->known));
    const int64_t end = at_most(judged > 1 ? judged : 1, count - 1);
    return (pieces){{key > s->last[HR_TEST] ? HR_VALID : HR_TEST, HR_KNOWN, HR_KNOWN}, end, end};
}

static pieces cut_user(const hr_splitter *s, int64_t user, int64_t count)
{
    const double uniform = hr_uniform(hr_split_draw(s, user, HR_DRAW_ROUNDING).word[0]);
    switch (s->rule->kind) {
    case HR_SPLIT_RATIO:
        return cut_by_ratio(s, count, uniform);
    case HR_SPLIT_FOLDS:
        return cut_by_folds(s, count, uniform);
    case HR_SPLIT_USERS:
        return cut_by_key(s, user, count, uniform);
    default: /* leave-one-out:random */
        return (pieces){{HR_TEST, HR_VALID, HR_TRAIN}, count > 1, (count > 1) + (count > 2)};
    }
}

/* Splits by the order of random keys; `order` has room for the user's ratings. */
void hr_split_in_pieces(const hr_splitter *s, int64_t user, hr_keyed *order)
{
    hr_ratings *r = s->ratings;
    const int64_t first = r->ptr[user], count = r->ptr[user + 1] - first;
    const pieces cut = cut_user(s, user, count);
    if (cut.second_end == 0) { /* all in one piece */
        memset(r->split + first, cut.part[2], (size_t)count);
        return;
    }
    for (int64_t i = 0; i < count; i++)
        order[i] = (hr_keyed){hr_split_key(hr_split_draw(s, user, (uint32_t)r->movie[first + i])), first + i};
    hr_select_keyed(order, count, cut.second_end);
    hr_select_keyed(order, cut.second_end, cut.first_end);
    for (int64_t i = 0; i < count; i++)
        r->split[order[i].value] = cut.part[(i >= cut.first_end) + (i >= cut.second_end)];
}

void hr_split_each_rating(const hr_splitter *s, int64_t user, hr_keyed *order)
{
    (void)order;
    hr_ratings *r = s->ratings;
    const double test = s->rule->share[HR_TEST], held_out = test + s->rule->share[HR_VALID];
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++) {
        const double uniform = hr_uniform(hr_split_draw(s, user, (uint32_t)r->movie[i]).word[0]);
        r->split[i] = uniform < test ? HR_TEST : uniform < held_out ? HR_VALID : HR_TRAIN;
    }
}
