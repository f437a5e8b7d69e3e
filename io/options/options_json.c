#include "io/base/json.h"
#include "io/options/options.h"

#include <stdlib.h>

json_t *hr_options_to_json(const hr_option *table, const void *target)
{
    json_t *object = json_object();
    for (const hr_option *option = table; option->name; option++) {
        const void *value = (const char *)target + option->offset;
        if (option->lifetime == HR_OPTION_CALL)
            continue;
        if (option->kind == HR_OPTION_TEXT)
            json_object_set_new(object, option->name, json_string(value));
        else if (option->kind == HR_OPTION_INT)
            json_object_set_new(object, option->name, json_integer(*(const int64_t *)value));
        else if (option->kind == HR_OPTION_REAL)
            json_object_set_new(object, option->name, json_real(*(const double *)value));
        else if (option->kind == HR_OPTION_CHOICE)
            json_object_set_new(object, option->name, json_string(option->choices[*(const int *)value]));
        else
            json_object_set_new(object, option->name, json_boolean(*(const bool *)value));
    }
    return object;
}

static hr_status value_from_json(const hr_option *option, const json_t *value, void *target, hr_error *err)
{
    hr_status status = HR_OK;
    hr_setting setting = {.option = option};
    void *field = (char *)target + option->offset;
    if (option->kind == HR_OPTION_INT && json_is_integer(value))
        *(int64_t *)field = json_integer_value(value);
    else if (option->kind == HR_OPTION_REAL && json_is_number(value))
        *(double *)field = json_number_value(value);
    else if (option->kind == HR_OPTION_FLAG && json_is_boolean(value))
        *(bool *)field = json_is_true(value);
    else if (!json_is_string(value) || (option->kind != HR_OPTION_TEXT && option->kind != HR_OPTION_CHOICE))
        status = hr_fail(err, HR_INPUT, "the kept option %s has a value of another kind", option->name);
    else if (*json_string_value(value)) {
        status = hr_setting_read(&setting, option, json_string_value(value), err);
        if (status == HR_OK)
            hr_setting_apply(&setting, target);
    }
    return status;
}

hr_status hr_options_from_json(const hr_option *table, const json_t *object, void *target, hr_error *err)
{
    for (const hr_option *option = table; option->name; option++) {
        const json_t *value =
            option->lifetime == HR_OPTION_CALL ? NULL : json_object_get(object, option->name);
        if (value && value_from_json(option, value, target, err) != HR_OK)
            return HR_INPUT;
    }
    return hr_options_check(table, target, err) == HR_OK ? HR_OK : HR_INPUT;
}

hr_status hr_options_compare_fixed(const hr_option *table, const void *kept, const void *asked, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *before = hr_options_to_json(table, kept), *now = hr_options_to_json(table, asked);
    HR_TRY(hr_json_check("the options", err));
    for (const hr_option *option = table; option->name && status == HR_OK; option++) {
        const json_t *x = json_object_get(before, option->name), *y = json_object_get(now, option->name);
        if (option->lifetime != HR_OPTION_FIXED || json_equal(x, y))
            continue;
        char *was = json_dumps(x, JSON_ENCODE_ANY), *is = json_dumps(y, JSON_ENCODE_ANY);
        status = hr_fail(err, HR_USAGE,
                         "--%s is %s, but the run to be resumed has %s: leave it out, or start a new run",
                         option->name, is ? is : "?", was ? was : "?");
        free(was);
        free(is);
    }
done:
    json_decref(now);
    json_decref(before);
    return status;
}
