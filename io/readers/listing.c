#include "io/readers/listing.h"

#include "io/packed/file_names.h"
#include "io/packed/zip_members.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void hr_listing_free(hr_listing *listing)
{
    hr_strings_free(&listing->file);
    hr_strings_free(&listing->below);
    *listing = (hr_listing){0};
}

static hr_status set_folder(hr_listing *listing, const char *path, size_t length, const char *end,
                            hr_error *err)
{
    if (length + strlen(end) >= HR_PATH_LENGTH)
        return hr_fail(err, HR_INPUT, "%.200s…: the path is too long", path);
    snprintf(listing->folder, HR_PATH_LENGTH, "%.*s%s", (int)length, path, end);
    return HR_OK;
}

hr_status hr_listing_path(const hr_listing *listing, const char *file, char path[HR_PATH_LENGTH],
                          hr_error *err)
{
    if (strlen(listing->folder) + strlen(file) >= HR_PATH_LENGTH)
        return hr_fail(err, HR_INPUT, "%.200s…: the path is too long", listing->folder);
    memcpy(path, listing->folder, strlen(listing->folder));
    memcpy(path + strlen(listing->folder), file, strlen(file) + 1);
    return HR_OK;
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int is_shown(const struct dirent *entry)
{
    return *entry->d_name != '.';
}

static hr_status list_folder(hr_listing *listing, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    struct dirent **entry = NULL;
    const size_t length = strlen(path);
    char file[HR_PATH_LENGTH];
    const int count = scandir(path, &entry, is_shown, alphasort);
    if (count < 0)
        HR_TRY(hr_fail(err, errno == ENOMEM ? HR_MEMORY : HR_IO, "%s: cannot be read: %s", path,
                       strerror(errno)));
    HR_TRY(set_folder(listing, path, length, length > 0 && path[length - 1] == '/' ? "" : "/", err));
    for (int i = 0; i < count; i++) {
        HR_TRY(hr_listing_path(listing, entry[i]->d_name, file, err));
        HR_TRY(hr_strings_append(is_folder(file) ? &listing->below : &listing->file, entry[i]->d_name,
                                 (int64_t)strlen(entry[i]->d_name), err));
    }
done:
    for (int i = 0; i < count; i++)
        free(entry[i]);
    free(entry);
    return status;
}

/* Adds a name unless it is the last one. */
static hr_status add_below(hr_listing *listing, const char *name, int64_t length, hr_error *err)
{
    for (int64_t i = 0; i < listing->below.count; i++) {
        const char *known = hr_strings_at(&listing->below, i);
        if ((int64_t)strlen(known) == length && memcmp(known, name, (size_t)length) == 0)
            return HR_OK;
    }
    return hr_strings_append(&listing->below, name, length, err);
}

/* Lists the members of a zip whose names begin with `prefix`. */
static hr_status list_zip(hr_listing *listing, const char *zip, const char *prefix, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings member = {0};
    HR_TRY(hr_zip_members(zip, &member, err));
    listing->is_zip = true;
    for (int64_t i = 0; i < member.count; i++) {
        const char *name = hr_strings_at(&member, i);
        if (strncmp(name, prefix, strlen(prefix)) != 0)
            continue;
        name += strlen(prefix);
        const char *slash = strrchr(name, '/');
        if (slash)
            HR_TRY(add_below(listing, name, slash - name, err));
        else
            HR_TRY(hr_strings_append(&listing->file, name, (int64_t)strlen(name), err));
    }
done:
    hr_strings_free(&member);
    return status;
}

/* Lists a zip, or the folder behind the colon of ZIP:FOLDER. */
static hr_status list_zip_path(hr_listing *listing, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    size_t length = strlen(path);
    char zip[HR_PATH_LENGTH];
    const char *prefix = "";
    if (hr_zip_of_path(path, &length))
        prefix = path + length + 1;
    HR_TRY(set_folder(listing, path, strlen(path), *prefix || path[length] ? "" : ":", err));
    snprintf(zip, sizeof zip, "%.*s", (int)length, path);
    HR_TRY(list_zip(listing, zip, prefix, err));
done:
    return status;
}

hr_status hr_listing_read(hr_listing *listing, const char *path, hr_error *err)
{
    *listing = (hr_listing){0};
    return is_folder(path) ? list_folder(listing, path, err) : list_zip_path(listing, path, err);
}

hr_status hr_listing_read_beside(hr_listing *listing, const char *path, const char **name, hr_error *err)
{
    size_t length = 0;
    char folder[HR_PATH_LENGTH];
    const bool zip = hr_zip_of_path(path, &length);
    const char *begin = zip ? path + length + 1 : path, *slash = strrchr(begin, '/');
    *listing = (hr_listing){0};
    *name = slash ? slash + 1 : begin;
    const size_t before = (size_t)(*name - path);
    if (before >= sizeof folder)
        return hr_fail(err, HR_INPUT, "%.200s…: the path is too long", path);
    memcpy(folder, path, before);
    folder[before] = '\0';
    if (zip)
        return list_zip_path(listing, folder, err);
    const hr_status status = list_folder(listing, before > 0 ? folder : ".", err);
    if (before == 0)
        listing->folder[0] = '\0';
    return status;
}

bool hr_listing_is_possible(const char *path)
{
    size_t length = 0;
    return is_folder(path) || hr_is_zip(path) ||
           (hr_zip_of_path(path, &length) && path[strlen(path) - 1] == '/');
}

const char *hr_listing_find(const hr_listing *listing, const char *names)
{
    char pattern[128];
    while (*names) {
        names = hr_next_name(names, pattern, sizeof pattern);
        for (int64_t i = 0; i < listing->file.count; i++)
            if (hr_name_is_like(hr_strings_at(&listing->file, i), pattern))
                return hr_strings_at(&listing->file, i);
    }
    return NULL;
}
