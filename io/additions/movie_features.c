#include "io/additions/movie_features.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "io/dataset/ids_file.h"

#include <inttypes.h>

/* Features without ids have a row for each movie of the dataset. */
static hr_status copy(hr_h5 *from, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ids ids = {0};
    float *value = NULL;
    int64_t rows = 0, columns = 0, count = 0;
    const char *name = hr_h5_content_of(from, "movie_id") == HR_H5_NONE ? "movie/id" : "movie_id";
    HR_TRY(hr_h5_shape(from, "features", &rows, &columns, err));
    HR_TRY(hr_h5_shape(from, name, &count, NULL, err));
    if (count != rows)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: \"features\" has %" PRId64 " rows, and %s %" PRId64 "; expected as many",
                       hr_h5_path(from), rows, name, count));
    HR_TRY(hr_ids_read_unordered(from, name, 0, rows, &ids, err));
    HR_ALLOC(value, rows * columns);
    HR_TRY(hr_h5_read_rows(from, "features", HR_H5_F32, 0, rows, columns, value, err));
    HR_TRY(hr_h5_write(file, "features", HR_H5_F32, rows, columns, value, err));
    HR_TRY(hr_ids_write(file, "movie_id", &ids, err));
done:
    free(value);
    hr_ids_free(&ids);
    return status;
}

hr_status hr_copy_features(void *context, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *from = NULL;
    HR_TRY(hr_h5_open(&from, context, HR_DATASET_FORMAT, HR_DATASET_VERSION, err));
    if (hr_h5_content_of(from, "features") != HR_H5_NONE)
        HR_TRY(copy(from, file, err));
done:
    hr_h5_close(from);
    return status;
}
