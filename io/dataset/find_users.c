#include "io/base/search.h"
#include "io/base/utf8.h"
#include "io/dataset/dataset.h"
#include "io/dataset/ids_file.h"

#include <stdio.h>
#include <string.h>

static const char *show_id(const hr_ids *ids, int64_t index, char out[HR_ESCAPED_LENGTH])
{
    char buffer[HR_ID_BUFFER];
    const char *text = hr_ids_text(ids, index, buffer);
    return hr_escape(out, HR_ESCAPED_LENGTH, text, (int64_t)strlen(text));
}

/* "; the most similar are ann, anna, hanna"; "" where none is. */
static void show_alike(const hr_ids *ids, const char *id, char *out, size_t size)
{
    int64_t index[HR_ALIKE_IDS];
    char shown[HR_ESCAPED_LENGTH];
    size_t used = 0;
    const int count = hr_ids_most_alike(ids, id, index);
    *out = '\0';
    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s",
                                 i > 0        ? ", "
                                 : count == 1 ? "; the most similar is "
                                              : "; the most similar are ",
                                 show_id(ids, index[i], shown));
}

static hr_status unknown_user(const hr_h5 *file, const hr_ids *ids, const char *id, hr_error *err)
{
    char wanted[HR_ESCAPED_LENGTH], first[HR_ESCAPED_LENGTH], last[HR_ESCAPED_LENGTH],
        alike[(HR_ALIKE_IDS + 1) * HR_ESCAPED_LENGTH];
    show_alike(ids, id, alike, sizeof alike);
    return hr_fail(err, HR_INPUT, "%s: has no user %s; ids run from %s to %s%s", hr_h5_path(file),
                   hr_escape(wanted, sizeof wanted, id, (int64_t)strlen(id)), show_id(ids, 0, first),
                   show_id(ids, ids->count - 1, last), alike);
}

hr_status hr_dataset_find_users(hr_h5 *file, const hr_strings *ids, int64_t *user, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ids all = {0};
    int64_t count = 0;
    HR_TRY(hr_h5_shape(file, "user/id", &count, NULL, err));
    HR_TRY(hr_ids_read(file, "user/id", 0, count, &all, err));
    for (int64_t i = 0; i < ids->count; i++) {
        const char *id = hr_strings_at(ids, i);
        user[i] = hr_ids_find(&all, id, (int64_t)strlen(id));
        if (user[i] == HR_NOT_FOUND)
            HR_TRY(unknown_user(file, &all, id, err));
    }
done:
    hr_ids_free(&all);
    return status;
}

hr_status hr_dataset_find_user(hr_h5 *file, const char *id, int64_t *user, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings one = {0};
    HR_TRY(hr_strings_append(&one, id, (int64_t)strlen(id), err));
    HR_TRY(hr_dataset_find_users(file, &one, user, err));
done:
    hr_strings_free(&one);
    return status;
}
