#include "trainer/serve/model/hidden_users.h"

#include "io/visitors/visitors_file.h"

#include <string.h>

static bool is_visitor(int64_t id)
{
    return id > HR_FIRST_VISITOR && id <= HR_LAST_VISITOR;
}

bool hr_is_hidden_user(const char *id)
{
    int64_t number = 0;
    return hr_id_number(id, (int64_t)strlen(id), &number) && is_visitor(number);
}

bool hr_hides_user(const hr_ids *ids, int64_t index)
{
    return ids->number ? is_visitor(ids->number[index]) : hr_is_hidden_user(hr_strings_at(&ids->text, index));
}

void hr_hide_users_of_paths(json_t *explanation)
{
    size_t index = 0;
    json_t *path = NULL, *best = json_object_get(json_object_get(explanation, "paths"), "best");
    json_array_foreach(best, index, path)
    {
        const json_t *user = json_object_get(path, "user");
        const bool hidden = json_is_string(user) ? hr_is_hidden_user(json_string_value(user))
                                                 : is_visitor(json_integer_value(user));
        if (hidden)
            json_object_set_new(path, "user", json_null());
    }
}
