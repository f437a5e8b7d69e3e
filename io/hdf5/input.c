#include "io/hdf5/input.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FOLDERS_DEEP = 2 }; /* data may lie a folder below the one that is named */

bool hr_is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* A file that halorec makes may lie beside what is imported, and be made again. */
static bool is_hdf5(const char *path)
{
    static const char signature[8] = "\211HDF\r\n\032\n";
    char found[sizeof signature] = "";
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const ssize_t length = read(descriptor, found, sizeof found);
    close(descriptor);
    return length == (ssize_t)sizeof found && memcmp(found, signature, sizeof found) == 0;
}

/* Whether the file is in the folder or, `deep` - 1 folders deep, below it. */
static bool is_in_folder(const struct stat *file, const char *folder, int deep)
{
    bool found = false;
    DIR *entries = deep > 0 ? opendir(folder) : NULL;
    if (!entries)
        return false;
    for (const struct dirent *e = readdir(entries); e && !found; e = readdir(entries)) {
        char path[PATH_MAX];
        struct stat entry;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name) >= (int)sizeof path ||
            stat(path, &entry) != 0)
            continue;
        found = S_ISDIR(entry.st_mode) ? is_in_folder(file, path, deep - 1)
                                       : hr_is_same_file(file, &entry) && !is_hdf5(path);
    }
    closedir(entries);
    return found;
}

/* Of an input; of the archive where it names a member of one. */
static bool stat_input(const char *input, struct stat *found)
{
    char archive[PATH_MAX];
    if (stat(input, found) == 0)
        return true;
    snprintf(archive, sizeof archive, "%s", input);
    char *colon = strrchr(archive, ':');
    if (!colon)
        return false;
    *colon = '\0';
    return stat(archive, found) == 0;
}

hr_status hr_input_refuse(const char *path, const struct stat *found, const char *input, hr_error *err)
{
    struct stat read;
    if (!input || !*input || !stat_input(input, &read))
        return HR_OK;
    if (S_ISDIR(read.st_mode) ? is_in_folder(found, input, FOLDERS_DEEP) : hr_is_same_file(found, &read))
        return hr_fail(err, HR_USAGE, "%s: to be written, but it is %s%s, which is read; write elsewhere",
                       path, S_ISDIR(read.st_mode) ? "a file of " : "", input);
    return HR_OK;
}
