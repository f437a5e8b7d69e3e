#include "io/dataset/ids_file.h"

#include "io/base/memory.h"

#include <inttypes.h>

hr_status hr_ids_write(hr_h5 *file, const char *name, const hr_ids *ids, hr_error *err)
{
    return ids->number ? hr_h5_write(file, name, HR_H5_I64, ids->count, 1, ids->number, err)
                       : hr_h5_write_strings(file, name, &ids->text, err);
}

static hr_status check_kind(hr_h5 *file, const char *name, bool *are_text, hr_error *err)
{
    const hr_h5_content content = hr_h5_content_of(file, name);
    *are_text = content == HR_H5_STRINGS;
    if (content == HR_H5_INTEGERS || content == HR_H5_STRINGS)
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s: \"%s\" holds neither whole numbers nor strings; expected ids",
                   hr_h5_path(file), name);
}

hr_status hr_ids_read_unordered(hr_h5 *file, const char *name, int64_t first, int64_t count, hr_ids *ids,
                                hr_error *err)
{
    hr_status status = HR_OK;
    bool are_text = false;
    *ids = (hr_ids){.count = count};
    HR_TRY(check_kind(file, name, &are_text, err));
    if (are_text) {
        HR_TRY(hr_h5_read_strings(file, name, first, count, &ids->text, err));
    } else {
        HR_ALLOC(ids->number, count);
        HR_TRY(hr_h5_read_rows(file, name, HR_H5_I64, first, count, 1, ids->number, err));
    }
done:
    if (status != HR_OK)
        hr_ids_free(ids);
    return status;
}

hr_status hr_ids_read(hr_h5 *file, const char *name, int64_t first, int64_t count, hr_ids *ids, hr_error *err)
{
    hr_status status = hr_ids_read_unordered(file, name, first, count, ids, err);
    const int64_t wrong = status == HR_OK ? hr_ids_disorder(ids) : count;
    if (wrong < count)
        status = hr_fail(err, HR_INPUT,
                         "%s: \"%s\" is damaged: id number %" PRId64
                         " does not come after the one before it; import the data again",
                         hr_h5_path(file), name, first + wrong);
    if (status != HR_OK)
        hr_ids_free(ids);
    return status;
}

hr_status hr_ids_read_one(hr_h5 *file, const char *name, int64_t index, hr_ids *ids, hr_error *err)
{
    hr_status status = HR_OK;
    bool are_text = false;
    int64_t room = ids->count;
    HR_TRY(check_kind(file, name, &are_text, err));
    if (are_text) {
        HR_TRY(hr_h5_read_strings(file, name, index, 1, &ids->text, err));
    } else {
        HR_GROW(ids->number, room, ids->count + 1);
        HR_TRY(hr_h5_read_rows(file, name, HR_H5_I64, index, 1, 1, ids->number + ids->count, err));
    }
    ids->count++;
done:
    return status;
}
