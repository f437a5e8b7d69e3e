#include "trainer/graph/movie_features.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "io/dataset/ids_file.h"
#include "io/features/item_features.h"

#include <math.h>
#include <string.h>

/* Periods of release, in years. */
enum { FIRST_YEAR = 1900, YEARS = 5, PERIODS = 26 };

/* Points of log2 of ids: 0, 1/2, 1, … 24. Movies of later ids are at the last. */
enum { POINTS_AN_OCTAVE = 2, POINTS = 24 * POINTS_AN_OCTAVE + 1 };

hr_status hr_movie_features_read(hr_movie_features *features, const char *path, const char *imported,
                                 hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    features->movies = summary.movies;
    HR_TRY(hr_genres_read(file, summary.movies, &features->genres, err));
    HR_ALLOC(features->year, summary.movies);
    HR_TRY(hr_h5_read_rows(file, "movie/year", HR_H5_I32, 0, summary.movies, 1, features->year, err));
    HR_TRY((*imported ? hr_ids_read : hr_ids_read_unordered)(file, "movie/id", 0, summary.movies,
                                                             &features->id, err));
    if (*imported)
        HR_TRY(hr_item_features_read(imported, &features->id, &features->imported, &features->imported_count,
                                     err));
done:
    hr_h5_close(file);
    return status;
}

void hr_movie_features_free(hr_movie_features *features)
{
    hr_genres_free(&features->genres);
    free(features->year);
    hr_ids_free(&features->id);
    free(features->imported);
    *features = (hr_movie_features){0};
}

int64_t hr_movie_features_count(const hr_movie_features *features)
{
    return features->genres.name.count + PERIODS + POINTS + features->imported_count;
}

static void set_genres(const hr_genres *genres, int64_t movie, float *column)
{
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1]; i++)
        column[genres->genre[i]] = 1.0F;
}

static void set_period(int32_t year, float *column)
{
    const int32_t period = (year - FIRST_YEAR) / YEARS;
    if (year >= FIRST_YEAR && period < PERIODS)
        column[period] = 1.0F;
}

/* Divides 1 between the two points that log2 of the id lies between. */
static void set_age(int64_t id, float *column)
{
    const double at = POINTS_AN_OCTAVE * log2(fmax(1.0, (double)id));
    const int64_t below = (int64_t)fmin(at, POINTS - 2);
    const float above = (float)fmin(at - (double)below, 1.0);
    column[below] = 1.0F - above;
    column[below + 1] = above;
}

void hr_movie_features_row(const hr_movie_features *features, int64_t movie, float *row)
{
    float *period = row + features->genres.name.count, *age = period + PERIODS, *imported = age + POINTS;
    memset(row, 0, (size_t)hr_movie_features_count(features) * sizeof *row);
    set_genres(&features->genres, movie, row);
    if (features->year[movie] > 0) {
        set_period(features->year[movie], period);
        if (features->id.number)
            set_age(features->id.number[movie], age);
    }
    for (int64_t c = 0; c < features->imported_count; c++)
        imported[c] = features->imported[movie * features->imported_count + c];
}
