#include "io/dataset/ratings.h"
#include "io/readers/formats.h"
#include "io/readers/rating_table.h"

#include <unistd.h>

static bool recognise(const char *path)
{
    return access(path, F_OK) == 0;
}

static hr_status open_table(hr_source *source, const char *path, hr_error *err)
{
    return hr_table_add(source, path, HR_TRAIN, &(hr_table_wish){0}, err);
}

const hr_format hr_format_table = {
    .name = "table",
    .summary = "any table of users, items, ratings and times",
    .recognise = recognise,
    .open = open_table,
};
