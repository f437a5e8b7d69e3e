#include "trainer/serve/http/target.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"

#include <string.h>

void hr_target_free(hr_target *target)
{
    free(target->bytes);
    *target = (hr_target){0};
}

/* The value of a hexadecimal digit, or -1. */
static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Decodes in place. */
static hr_status decode(char *text, bool query, hr_error *err)
{
    char *out = text;
    for (const char *in = text; *in; in++) {
        const bool escape = *in == '%'; /* of a byte that `out` may overwrite */
        const int high = escape ? digit(in[1]) : 0, low = escape && high >= 0 ? digit(in[2]) : 0;
        if (high < 0 || low < 0 || (escape && high + low == 0))
            return hr_fail(err, HR_INPUT,
                           "the target has a %% that no two hexadecimal digits follow, or %%00");
        *out++ = escape ? (char)(high * 16 + low) : *in == '+' && query ? ' ' : *in;
        in += escape ? 2 : 0;
    }
    *out = '\0';
    if (!hr_utf8_is_valid(text, out - text))
        return hr_fail(err, HR_INPUT, "the target has bytes that are not UTF-8");
    return HR_OK;
}

static bool is_segment(const char *text)
{
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return false;
    return *text && strcmp(text, ".") != 0 && strcmp(text, "..") != 0;
}

/* `path` begins behind the first "/". */
static hr_status read_path(hr_target *t, char *path, hr_error *err)
{
    hr_status status = HR_OK;
    while (path && *path) {
        char *end = strchr(path, '/');
        if (end)
            *end++ = '\0';
        HR_TRY(decode(path, false, err));
        if (!is_segment(path))
            HR_TRY(hr_fail(err, HR_INPUT,
                           "the path has a segment that is empty, \".\", \"..\" or of control characters"));
        if (t->segments == HR_TARGET_SEGMENTS)
            HR_TRY(hr_fail(err, HR_INPUT, "the path has more than %d segments", HR_TARGET_SEGMENTS));
        t->segment[t->segments++] = path;
        path = end;
    }
done:
    return status;
}

static hr_status read_query(hr_target *t, char *query, hr_error *err)
{
    hr_status status = HR_OK;
    while (query) {
        char *end = strchr(query, '&');
        if (end)
            *end++ = '\0';
        char *value = strchr(query, '=');
        if (value)
            *value++ = '\0';
        HR_TRY(decode(query, true, err));
        if (value)
            HR_TRY(decode(value, true, err));
        if (t->pairs == HR_TARGET_PAIRS)
            HR_TRY(hr_fail(err, HR_INPUT, "the query has more than %d parameters", HR_TARGET_PAIRS));
        if (*query)
            t->pair[t->pairs++] = (hr_pair){query, value ? value : ""};
        query = end;
    }
done:
    return status;
}

/* Behind "http://host" where the target begins with that, as it does for proxies. */
static char *origin_form(char *text)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (int i = 0; i < 2; i++)
        if (strncmp(text, schemes[i], strlen(schemes[i])) == 0) {
            char *host = text + strlen(schemes[i]);
            return host + strcspn(host, "/?#");
        }
    return text;
}

hr_status hr_target_read(hr_target *target, const char *text, hr_error *err)
{
    hr_status status = HR_OK;
    const size_t size = strlen(text) + 1;
    HR_ALLOC(target->bytes, (int64_t)size);
    memcpy(target->bytes, text, size);
    if (target->bytes[strcspn(target->bytes, " \t")])
        HR_TRY(hr_fail(err, HR_INPUT, "the target has a blank; write it as %%20"));
    char *path = origin_form(target->bytes);
    path[strcspn(path, "#")] = '\0';
    char *query = strchr(path, '?');
    if (query)
        *query++ = '\0';
    if (*path && *path != '/')
        HR_TRY(hr_fail(err, HR_INPUT, "the target does not begin with /"));
    HR_TRY(read_path(target, *path ? path + 1 : path, err));
    HR_TRY(read_query(target, query, err));
done:
    return status;
}

bool hr_cookie_read(const char *header, const char *name, char *value, size_t room)
{
    const size_t length = strlen(name);
    while (*header) {
        header += strspn(header, "; \t");
        const size_t pair = strcspn(header, ";");
        if (pair > length && strncmp(header, name, length) == 0 && header[length] == '=') {
            const char *from = header + length + 1, *end = header + pair;
            while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
                end--;
            if (end - from >= 2 && *from == '"' && end[-1] == '"') {
                from++;
                end--;
            }
            if ((size_t)(end - from) >= room)
                return false;
            memcpy(value, from, (size_t)(end - from));
            value[end - from] = '\0';
            return true;
        }
        header += pair;
    }
    return false;
}
