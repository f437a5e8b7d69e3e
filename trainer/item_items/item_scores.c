#include "trainer/item_items/item_scores.h"

#include "trainer/kernels/sums.h"

#include <string.h>

/* Columns that are summed at a time for all users, by dense rows: these pieces of the rows that the users share stay in the
 * cache. */
enum { PIECE = 512 };

/* Adds the pieces from column `first` on of the rows of one user's movies. */
static void add_pieces(const hr_item_weights *w, const hr_ratings *ratings, int64_t user, int64_t first,
                       float *score)
{
    const hr_row_sums sums = {.floats = score};
    const int64_t end = first + PIECE < w->movies ? first + PIECE : w->movies;
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++)
        if (hr_split_is_known(ratings->split[i], HR_VALID))
            hr_row_sums_add_row(&sums, 0, 1.0F, w->weight + ratings->movie[i] * w->movies, first, end);
}

/* Adds the entries of the rows of one user's movies. */
static void add_entries(const hr_item_weights *w, const hr_ratings *ratings, int64_t user, float *score)
{
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++) {
        const int64_t j = ratings->movie[i];
        const int64_t end = hr_split_is_known(ratings->split[i], HR_VALID) ? w->ptr[j + 1] : w->ptr[j];
        for (int64_t e = w->ptr[j]; e < end; e++)
            score[w->movie[e]] += w->weight[e];
    }
}

void hr_item_scores(const hr_item_weights *w, const hr_ratings *ratings, const int64_t *user, int64_t users,
                    float *score)
{
    memset(score, 0, (size_t)(users * w->movies) * sizeof *score);
    for (int64_t i = 0; !w->is_dense && i < users; i++)
        add_entries(w, ratings, user[i], score + i * w->movies);
    for (int64_t first = 0; w->is_dense && first < w->movies; first += PIECE)
        for (int64_t i = 0; i < users; i++)
            add_pieces(w, ratings, user[i], first, score + i * w->movies);
}
