#include "io/packed/file_names.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *hr_file_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *zip = strcasestr(name, ".zip:");
    return zip ? zip + strlen(".zip:") : name;
}

/* Length of a file's name without ".gz", ".zst" or ".zip". */
static size_t unpacked_length(const char *file)
{
    static const char *const endings[] = {".gz", ".zst", ".zip"};
    const size_t length = strlen(file);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t ending = strlen(endings[i]);
        if (length > ending && strcasecmp(file + length - ending, endings[i]) == 0)
            return length - ending;
    }
    return length;
}

bool hr_name_is_like(const char *file, const char *pattern)
{
    char name[256];
    if (strlen(file) >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)unpacked_length(file), file);
    return fnmatch(pattern, name, FNM_CASEFOLD) == 0 || fnmatch(pattern, file, FNM_CASEFOLD) == 0;
}

const char *hr_next_name(const char *names, char *name, size_t size)
{
    const size_t length = strcspn(names, " ");
    snprintf(name, size, "%.*s", (int)length, names);
    return names + length + strspn(names + length, " ");
}

bool hr_name_is_among(const char *file, const char *names)
{
    char pattern[128];
    while (*names) {
        names = hr_next_name(names, pattern, sizeof pattern);
        if (hr_name_is_like(file, pattern))
            return true;
    }
    return false;
}
