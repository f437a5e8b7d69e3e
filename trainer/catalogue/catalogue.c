#include "trainer/catalogue/catalogue.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "io/dataset/ids_file.h"

#include <stdio.h>

static hr_status read_movies(hr_catalogue *catalogue, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    const int64_t movies = catalogue->movies = summary.movies;
    snprintf(catalogue->path, sizeof catalogue->path, "%s", path);
    HR_TRY(hr_ids_read(file, "movie/id", 0, movies, &catalogue->id, err));
    HR_TRY(hr_h5_read_strings(file, "movie/title", 0, movies, &catalogue->title, err));
    HR_ALLOC(catalogue->year, movies);
    HR_TRY(hr_h5_read_rows(file, "movie/year", HR_H5_I32, 0, movies, 1, catalogue->year, err));
    HR_TRY(hr_genres_read(file, movies, &catalogue->genres, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_catalogue_read(hr_catalogue *catalogue, const hr_comm *comm, const char *path, hr_error *err)
{
    const hr_status status = read_movies(catalogue, path, err);
    return hr_agree(comm, status, NULL, err);
}

void hr_catalogue_free(hr_catalogue *catalogue)
{
    hr_ids_free(&catalogue->id);
    hr_strings_free(&catalogue->title);
    free(catalogue->year);
    hr_genres_free(&catalogue->genres);
    *catalogue = (hr_catalogue){0};
}
