#include "trainer/catalogue/movie_filter.h"

#include "io/base/memory.h"
#include "io/base/sort.h"
#include "trainer/catalogue/genre_filter.h"
#include "trainer/catalogue/movie_file.h"
#include "trainer/catalogue/value_range.h"

static bool is_given(const char *text)
{
    return text && *text;
}

bool hr_movie_filter_asks_popularity(const hr_movie_filter *filter)
{
    return is_given(filter->popularity);
}

bool hr_movie_filter_asks(const hr_movie_filter *filter)
{
    return is_given(filter->genre) || is_given(filter->without_genre) || is_given(filter->year) ||
           is_given(filter->popularity) || is_given(filter->allow) || is_given(filter->exclude);
}

static hr_status by_year(const hr_catalogue *catalogue, const char *text, uint8_t *allowed, hr_error *err)
{
    hr_value_range range;
    const hr_status status = hr_value_range_parse(&range, "year", text, false, err);
    for (int64_t m = 0; status == HR_OK && m < catalogue->movies; m++) {
        const double year = (double)catalogue->year[m];
        if (catalogue->year[m] == 0 || year < range.from || year > range.to)
            allowed[m] = 0;
    }
    return status;
}

/* The number of ratings that a share of the rated movies does not exceed. */
static double quantile(const double *ascending, int64_t count, double percent)
{
    const double share = percent < 0.0 ? 0.0 : percent > 100.0 ? 1.0 : percent / 100.0;
    return ascending[(int64_t)(share * (double)(count - 1))];
}

/* Replaces quantiles by numbers of ratings. */
static hr_status resolve_quantiles(hr_value_range *range, const double *ratings, int64_t movies,
                                   hr_error *err)
{
    hr_status status = HR_OK;
    double *rated = NULL;
    int64_t count = 0;
    HR_ALLOC(rated, movies);
    for (int64_t m = 0; m < movies; m++)
        if (ratings[m] > 0.0)
            rated[count++] = ratings[m];
    hr_sort_f64(rated, count);
    if (count > 0)
        *range =
            (hr_value_range){quantile(rated, count, range->from), quantile(rated, count, range->to), false};
    range->from = range->from > 1.0 ? range->from : 1.0;
done:
    free(rated);
    return status;
}

static hr_status by_popularity(const double *ratings, int64_t movies, const char *text, uint8_t *allowed,
                               hr_error *err)
{
    hr_value_range range;
    hr_status status = hr_value_range_parse(&range, "popularity", text, true, err);
    if (status == HR_OK && range.percent)
        status = resolve_quantiles(&range, ratings, movies, err);
    for (int64_t m = 0; status == HR_OK && m < movies; m++)
        if (ratings[m] < range.from || ratings[m] > range.to)
            allowed[m] = 0;
    return status;
}

/* Forbids movies whose being in the file is not `wanted`. */
static hr_status by_file(const hr_catalogue *catalogue, const char *path, bool wanted, uint8_t *allowed,
                         hr_error *err)
{
    hr_status status = HR_OK;
    uint8_t *listed = NULL;
    HR_ALLOC(listed, catalogue->movies);
    HR_TRY(hr_movie_file_read(listed, catalogue, path, err));
    for (int64_t m = 0; m < catalogue->movies; m++)
        if ((listed[m] != 0) != wanted)
            allowed[m] = 0;
done:
    free(listed);
    return status;
}

hr_status hr_movie_filter_apply(const hr_movie_filter *filter, const hr_catalogue *catalogue,
                                const double *ratings, uint8_t *allowed, hr_error *err)
{
    hr_status status = HR_OK;
    if (is_given(filter->genre))
        HR_TRY(hr_filter_by_genre(&catalogue->genres, "genre", filter->genre, true, allowed, err));
    if (is_given(filter->without_genre))
        HR_TRY(hr_filter_by_genre(&catalogue->genres, "without-genre", filter->without_genre, false, allowed,
                                  err));
    if (is_given(filter->year))
        HR_TRY(by_year(catalogue, filter->year, allowed, err));
    if (is_given(filter->popularity))
        HR_TRY(by_popularity(ratings, catalogue->movies, filter->popularity, allowed, err));
    if (is_given(filter->allow))
        HR_TRY(by_file(catalogue, filter->allow, true, allowed, err));
    if (is_given(filter->exclude))
        HR_TRY(by_file(catalogue, filter->exclude, false, allowed, err));
done:
    return status;
}
