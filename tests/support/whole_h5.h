/* HDF5 files that a test makes by itself. */
#ifndef HR_TESTS_SUPPORT_WHOLE_H5_H
#define HR_TESTS_SUPPORT_WHOLE_H5_H

#include "io/base/durable.h"
#include "io/hdf5/h5.h"

#include <stdlib.h>

/* Finishes a file of hr_h5_create and gives it its name; the caller still closes it. */
static inline hr_status make_whole(hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    char *temporary = NULL;
    HR_TRY(hr_temporary_name(hr_h5_path(file), &temporary, err));
    HR_TRY(hr_h5_hand_over(file, err));
    HR_TRY(hr_publish(temporary, hr_h5_path(file), err));
done:
    free(temporary);
    return status;
}

#endif
