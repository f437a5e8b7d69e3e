#include "io/statistics/genre_statistics.h"

#include "io/base/memory.h"
#include "io/dataset/genres.h"

static int most_rated_first(const void *a, const void *b)
{
    const hr_genre_statistics *x = a, *y = b;
    if (x->ratings != y->ratings)
        return x->ratings > y->ratings ? -1 : 1;
    return (x->genre > y->genre) - (x->genre < y->genre);
}

hr_status hr_genre_statistics_measure(hr_statistics *s, hr_h5 *dataset, const int32_t *of_movie,
                                      const double *value_sum, hr_error *err)
{
    hr_status status = HR_OK;
    hr_genres genres = {0};
    HR_TRY(hr_genres_read(dataset, s->data.movies, &genres, err));
    s->genres = genres.name.count;
    HR_ALLOC(s->genre, s->genres);
    for (int64_t i = 0; i < s->genres; i++)
        s->genre[i].genre = i;
    for (int64_t m = 0; m < s->data.movies; m++)
        for (int64_t i = genres.ptr[m]; i < genres.ptr[m + 1]; i++) {
            hr_genre_statistics *of = &s->genre[genres.genre[i]];
            of->movies++;
            of->ratings += of_movie[m];
            of->mean += value_sum[m];
        }
    for (int64_t i = 0; i < s->genres; i++)
        if (s->genre[i].ratings > 0)
            s->genre[i].mean /= (double)s->genre[i].ratings;
    if (s->genres > 1)
        qsort(s->genre, (size_t)s->genres, sizeof *s->genre, most_rated_first);
    s->genre_name = genres.name;
    genres.name = (hr_strings){0};
done:
    hr_genres_free(&genres);
    return status;
}
