#include "io/base/json.h"

#include "io/base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local bool failed;

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    failed = failed || !memory;
    return memory;
}

/* Before anything uses jansson. */
__attribute__((constructor)) static void watch(void)
{
    json_set_alloc_funcs(allocate, free);
}

hr_status hr_json_check(const char *what, hr_error *err)
{
    const bool now = failed;
    failed = false;
    return now ? hr_fail(err, HR_MEMORY, "out of memory: no room for %s", what) : HR_OK;
}

hr_status hr_json_text(const json_t *value, size_t flags, const char *what, char **text, hr_error *err)
{
    *text = value ? json_dumps(value, flags) : NULL;
    hr_status status = hr_json_check(what, err);
    if (status == HR_OK && !*text)
        status = hr_fail(err, HR_MEMORY, "%s: no JSON", what);
    if (status != HR_OK) {
        free(*text);
        *text = NULL;
    }
    return status;
}

hr_status hr_json_print(const json_t *value, const char *what, FILE *out, hr_error *err)
{
    char *text = NULL;
    const hr_status status = hr_json_text(value, JSON_REAL_PRECISION(8), what, &text, err);
    if (status == HR_OK)
        fprintf(out, "%s\n", text);
    free(text);
    return status;
}

json_t *hr_json_string(const char *text)
{
    enum { BYTES_OF_AN_ESCAPE = 4 };
    const size_t length = strlen(text), room = BYTES_OF_AN_ESCAPE * length + 1;
    if (hr_utf8_is_valid(text, (int64_t)length))
        return json_string(text);
    char *escaped = allocate(room);
    json_t *string = escaped ? json_string(hr_escape(escaped, room, text, (int64_t)length)) : NULL;
    free(escaped);
    return string;
}
