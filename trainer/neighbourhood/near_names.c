#include "trainer/neighbourhood/near_names.h"

#include "io/dataset/ids_file.h"

#include <stdio.h>
#include <string.h>

enum { NAME_LENGTH = 1024 };

static hr_status add(hr_near_names *names, const char *id, const char *before, const char *name,
                     hr_error *err)
{
    hr_status status = HR_OK;
    char text[NAME_LENGTH];
    snprintf(text, sizeof text, "%s%s", before, name);
    HR_TRY(hr_strings_append(&names->id, id, (int64_t)strlen(id), err));
    HR_TRY(hr_strings_append(&names->name, text, (int64_t)strlen(text), err));
done:
    return status;
}

static hr_status add_user(hr_near_names *names, int64_t user, hr_h5 *dataset, const hr_ids *all,
                          hr_error *err)
{
    hr_status status = HR_OK;
    hr_ids ids = {0};
    char buffer[HR_ID_BUFFER];
    if (!all)
        HR_TRY(hr_ids_read_one(dataset, "user/id", user, &ids, err));
    const char *id = all ? hr_ids_text(all, user, buffer) : hr_ids_text(&ids, 0, buffer);
    HR_TRY(add(names, id, "user ", id, err));
done:
    hr_ids_free(&ids);
    return status;
}

static hr_status add_movie(hr_near_names *names, int64_t movie, const hr_catalogue *catalogue, hr_error *err)
{
    char buffer[HR_ID_BUFFER];
    const char *id = hr_ids_text(&catalogue->id, movie, buffer),
               *title = hr_strings_at(&catalogue->title, movie);
    return add(names, id, "", *title ? title : id, err);
}

hr_status hr_near_names_read(hr_near_names *names, const hr_neighbourhood *near, hr_h5 *dataset,
                             const hr_ids *user_id, const hr_catalogue *catalogue, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t v = 0; v < near->vertices; v++)
        HR_TRY(near->vertex[v].is_movie ? add_movie(names, near->vertex[v].number, catalogue, err)
                                        : add_user(names, near->vertex[v].number, dataset, user_id, err));
done:
    return status;
}

void hr_near_names_free(hr_near_names *names)
{
    hr_strings_free(&names->id);
    hr_strings_free(&names->name);
}
