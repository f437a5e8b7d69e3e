#include "trainer/serve/training/run_files.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_IN_A_SECOND = 100 };

static bool fill(char path[PATH_MAX], const char *folder, const char *name, const char *ending)
{
    const int length = snprintf(path, PATH_MAX, "%s/%s%s", folder, name, ending);
    return length > 0 && length < PATH_MAX;
}

static bool is_free(const hr_run_files *files)
{
    return access(files->log, F_OK) != 0 && access(files->output, F_OK) != 0 &&
           access(files->checkpoint, F_OK) != 0;
}

hr_status hr_run_files_name(hr_run_files *files, const char *folder, hr_error *err)
{
    char second[HR_RUN_NAME - 8];
    const time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(second, sizeof second, "run-%Y%m%d-%H%M%S", &parts);
    for (int i = 1; i <= MOST_IN_A_SECOND; i++) {
        if (i == 1)
            snprintf(files->name, sizeof files->name, "%s", second);
        else
            snprintf(files->name, sizeof files->name, "%s-%d", second, i);
        if (!fill(files->log, folder, files->name, ".jsonl") ||
            !fill(files->output, folder, files->name, ".txt") ||
            !fill(files->checkpoint, folder, files->name, ".ckpt.h5"))
            return hr_fail(err, HR_USAGE, "%s: the path is too long", folder);
        if (is_free(files))
            return HR_OK;
    }
    return hr_fail(err, HR_IO, "%s: %s exists, and others of this second", folder, files->output);
}

hr_status hr_run_files_count(const char *folder, int64_t *count, hr_error *err)
{
    DIR *files = opendir(folder);
    *count = 0;
    if (!files)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", folder, strerror(errno));
    for (const struct dirent *file = readdir(files); file; file = readdir(files))
        *count += fnmatch("run-*.ckpt.h5", file->d_name, 0) == 0;
    closedir(files);
    return HR_OK;
}

void hr_run_files_last_line(const hr_run_files *files, char *line, size_t room)
{
    static const char before[] = "halorec: ";
    char read[1024];
    FILE *file = fopen(files->output, "r");
    *line = '\0';
    if (!file)
        return;
    while (fgets(read, sizeof read, file)) {
        read[strcspn(read, "\n")] = '\0';
        const bool own = strncmp(read, before, strlen(before)) == 0;
        if (*read)
            snprintf(line, room, "%s", own ? read + strlen(before) : read);
    }
    fclose(file);
}
