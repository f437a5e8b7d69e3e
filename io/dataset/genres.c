#include "io/dataset/genres.h"

#include "io/base/memory.h"
#include "io/base/sort.h"

#include <inttypes.h>

enum { WORD_BITS = 64 };

void hr_genres_free(hr_genres *genres)
{
    free(genres->ptr);
    free(genres->genre);
    hr_strings_free(&genres->name);
    *genres = (hr_genres){0};
}

hr_status hr_genres_append(hr_genres *g, const int32_t *genre, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(g->ptr, g->movie_capacity, g->movies + 2);
    if (g->movies == 0)
        g->ptr[0] = 0;
    const int64_t first = g->ptr[g->movies];
    int64_t end = first;
    HR_GROW(g->genre, g->genre_capacity, first + count + 1);
    for (int64_t i = 0; i < count; i++)
        g->genre[first + i] = genre[i];
    hr_sort_i32(g->genre + first, count);
    for (int64_t i = first; i < first + count; i++)
        if (end == first || g->genre[end - 1] != g->genre[i])
            g->genre[end++] = g->genre[i];
    g->ptr[++g->movies] = end;
done:
    return status;
}

hr_status hr_genres_append_bits(hr_genres *genres, uint64_t bits, hr_error *err)
{
    int32_t genre[WORD_BITS];
    int64_t count = 0;
    for (uint64_t left = bits; left != 0; left &= left - 1)
        genre[count++] = __builtin_ctzll(left);
    return hr_genres_append(genres, genre, count, err);
}

int64_t hr_genres_shared(const hr_genres *g, int64_t movie, int64_t other)
{
    int64_t shared = 0;
    for (int64_t i = g->ptr[movie], j = g->ptr[other]; i < g->ptr[movie + 1] && j < g->ptr[other + 1];) {
        const int32_t a = g->genre[i], b = g->genre[j];
        shared += a == b;
        i += a <= b;
        j += b <= a;
    }
    return shared;
}

static hr_status damaged(const char *file, int64_t movie, const char *what, hr_error *err)
{
    return hr_fail(err, HR_INPUT, "%s: the genres of movie number %" PRId64 " %s; the file is damaged", file,
                   movie, what);
}

bool hr_genres_in_order(const int32_t *genre, int64_t count, int64_t names)
{
    for (int64_t i = 0; i < count; i++)
        if (genre[i] < 0 || genre[i] >= names || (i > 0 && genre[i] <= genre[i - 1]))
            return false;
    return true;
}

hr_status hr_genres_check(const hr_genres *g, int64_t movies, const char *file, hr_error *err)
{
    if (g->movies != movies || (movies > 0 && g->ptr[0] != 0))
        return damaged(file, g->movies, "are not those of as many movies", err);
    for (int64_t m = 0; m < movies; m++) {
        if (g->ptr[m + 1] < g->ptr[m] || g->ptr[m + 1] > g->ptr[movies])
            return damaged(file, m, "are out of range", err);
        if (!hr_genres_in_order(g->genre + g->ptr[m], g->ptr[m + 1] - g->ptr[m], g->name.count))
            return damaged(file, m, "are out of order", err);
    }
    return HR_OK;
}
