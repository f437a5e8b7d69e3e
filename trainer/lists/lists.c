#include "trainer/lists/lists.h"

#include "io/base/memory.h"

hr_status hr_lists_create(hr_lists *lists, int64_t users, int64_t k, hr_error *err)
{
    hr_status status = HR_OK;
    lists->users = users;
    lists->k = k;
    HR_ALLOC(lists->count, users);
    HR_ALLOC(lists->movie, users * k);
    HR_ALLOC(lists->score, users * k);
done:
    return status;
}

void hr_lists_free(hr_lists *lists)
{
    free(lists->count);
    free(lists->movie);
    free(lists->score);
    *lists = (hr_lists){0};
}
