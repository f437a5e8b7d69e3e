#include "io/hdf5/output_kind.h"

#include "io/hdf5/h5.h"
#include "io/hdf5/input.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool is_stdout(const struct stat *found)
{
    struct stat own;
    return fstat(STDOUT_FILENO, &own) == 0 && hr_is_same_file(found, &own);
}

static bool has_content(const char *path, struct stat *found)
{
    return stat(path, found) == 0 && S_ISREG(found->st_mode) && found->st_size > 0;
}

hr_status hr_output_check_kind(const char *path, const char *format, hr_error *err)
{
    struct stat found;
    hr_h5 *file = NULL;
    hr_error why = {""};
    if (!format || !has_content(path, &found))
        return HR_OK;
    const hr_status status = hr_h5_open(&file, path, format, INT64_MAX, &why);
    hr_h5_close(file);
    if (status == HR_OK)
        return HR_OK;
    return hr_fail(err, status == HR_INPUT ? HR_USAGE : status,
                   "%s would be replaced, but it is no \"%s\" file (%s); write elsewhere, or remove it", path,
                   format, why.text);
}

static bool begins_with(const char *text, const char *const *begins)
{
    bool found = !begins[0];
    for (int i = 0; i < 2 && begins[i]; i++)
        found = found || strncmp(text, begins[i], strlen(begins[i])) == 0;
    return found;
}

static bool has_marks(const char *path, const hr_output_marks *marks)
{
    char start[1024 + 1];
    FILE *file = marks->is_new ? NULL : fopen(path, "re");
    const size_t bytes = file ? fread(start, 1, sizeof start - 1, file) : 0;
    start[bytes] = '\0';
    if (file)
        fclose(file);
    if (!file || !begins_with(start, marks->begins))
        return false;
    if (marks->beside && *marks->beside && access(marks->beside, F_OK) != 0)
        return false;
    return !marks->holds || strstr(start, marks->holds);
}

hr_status hr_output_check_marks(const char *path, const hr_output_marks *marks, hr_error *err)
{
    struct stat found;
    if (!marks->what || !has_content(path, &found) || has_marks(path, marks))
        return HR_OK;
    if (marks->is_new)
        return hr_fail(err, HR_USAGE, "%s would be replaced by %s; write elsewhere, or remove it", path,
                       marks->what);
    return hr_fail(err, HR_USAGE, "%s would be replaced, but it is not %s; write elsewhere, or remove it",
                   path, marks->what);
}

hr_status hr_output_check_lines(const char *log, hr_error *err)
{
    struct stat found;
    FILE *file = has_content(log, &found) && !is_stdout(&found) ? fopen(log, "re") : NULL;
    const int first = file ? getc(file) : '{';
    if (file)
        fclose(file);
    if (first == '{')
        return HR_OK;
    return hr_fail(err, HR_USAGE,
                   "%s: lines of the log would be added to it, but it does not begin with one; log elsewhere",
                   log);
}
