#include "io/readers/lightgcn.h"

#include "io/base/memory.h"
#include "io/readers/table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_LENGTH = 4096 };

static void file_path(char path[PATH_LENGTH], const char *folder, const char *name)
{
    snprintf(path, PATH_LENGTH, "%s/%s", folder, name);
}

bool hr_lightgcn_recognise(const char *path)
{
    char train[PATH_LENGTH];
    file_path(train, path, "train.txt");
    return access(train, F_OK) == 0;
}

/* Reads the number that *at points to and advances *at behind it; *found is false at the end of the line. */
static hr_status next_number(char **at, bool *found, int64_t *value, const char *path, int64_t line,
                             hr_error *err)
{
    *at += strspn(*at, " \t\r\n");
    *found = **at != '\0';
    if (!*found)
        return HR_OK;
    char *end = NULL;
    errno = 0;
    *value = strtoll(*at, &end, 10);
    if (end == *at || !strchr(" \t\r\n", *end) || errno != 0 || *value < 0)
        return hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found \"%.*s\", expected a non-negative whole number",
                       path, line, (int)strcspn(*at, " \t\r\n"), *at);
    *at = end;
    return HR_OK;
}

static hr_status take_line(hr_raw *raw, char *text, uint8_t split, const char *path, int64_t line,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_raw_rating rating = {.value = 1.0F, .time = HR_NO_TIME, .split = split};
    bool found = false;
    HR_TRY(next_number(&text, &found, &rating.user, path, line, err));
    while (found) {
        HR_TRY(next_number(&text, &found, &rating.movie, path, line, err));
        if (!found)
            break;
        HR_GROW(raw->rating, raw->rating_capacity, raw->ratings + 1);
        raw->rating[raw->ratings++] = rating;
    }
done:
    return status;
}

static hr_status read_part(hr_raw *raw, const char *folder, const char *name, hr_split split, hr_error *err)
{
    char path[PATH_LENGTH], *line = NULL;
    size_t capacity = 0;
    int64_t number = 0;
    hr_status status = HR_OK;
    file_path(path, folder, name);
    FILE *file = fopen(path, "r");
    if (!file)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno));
    for (ssize_t length; status == HR_OK && (length = getline(&line, &capacity, file)) >= 0;) {
        number++;
        status = memchr(line, '\0', (size_t)length) /* would hide what follows it */
                     ? hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found a NUL byte, expected text", path, number)
                     : take_line(raw, line, (uint8_t)split, path, number, err);
    }
    if (status == HR_OK)
        status = hr_table_end(file, path, err);
    free(line);
    fclose(file);
    return status;
}

hr_status hr_lightgcn_read(const char *path, hr_raw *raw, hr_error *err)
{
    char valid[PATH_LENGTH];
    hr_status status = HR_OK;
    raw->given_split = true;
    file_path(valid, path, "valid.txt");
    HR_TRY(read_part(raw, path, "train.txt", HR_TRAIN, err));
    if (raw->ratings == 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s/train.txt: has no rating", path));
    HR_TRY(read_part(raw, path, "test.txt", HR_TEST, err));
    if (access(valid, F_OK) == 0)
        HR_TRY(read_part(raw, path, "valid.txt", HR_VALID, err));
done:
    return status;
}
