#include "trainer/serve/pictures/posters.h"

#include "io/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

hr_status hr_posters_open(hr_posters *posters, const char *path, hr_error *err)
{
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return hr_fail(err, HR_IO, "%s: expected a folder of pictures: %s", path, strerror(errno));
    posters->path = path;
    posters->folder = folder;
    hr_picture_maker_begin(&posters->maker);
    hr_poster_cache_begin(&posters->cache);
    return HR_OK;
}

void hr_posters_close(hr_posters *posters)
{
    if (posters->folder <= 0)
        return;
    close(posters->folder);
    hr_picture_maker_end(&posters->maker);
    hr_poster_cache_end(&posters->cache);
    posters->folder = 0;
}

/* Opens the file of a movie: -1 where there is none. */
static int open_poster(const hr_posters *posters, const char *movie, char name[NAME_MAX + 1])
{
    static const char *const suffixes[] = {"jpg", "jpeg", "png"};
    int file = -1;
    if (posters->folder <= 0 || movie[0] == '.' || strchr(movie, '/') || strlen(movie) + 6 > NAME_MAX)
        return -1;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes && file < 0; i++) {
        snprintf(name, NAME_MAX + 1, "%s.%s", movie, suffixes[i]);
        file = openat(posters->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    }
    return file;
}

static hr_status read_all(int file, int64_t length, unsigned char **bytes, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t size = 0;
    HR_ALLOC(*bytes, length);
    while (size < length) {
        const ssize_t count = read(file, *bytes + size, (size_t)(length - size));
        if (count <= 0)
            HR_TRY(hr_fail(err, HR_IO, "cannot be read: %s",
                           count < 0 ? strerror(errno) : "it has become shorter"));
        size += count;
    }
done:
    return status;
}

static hr_status make(hr_posters *posters, int file, const struct stat *is, hr_kept_picture *picture,
                      hr_error *err)
{
    hr_status status = HR_OK;
    unsigned char *bytes = NULL;
    if (!S_ISREG(is->st_mode) || is->st_size > HR_PICTURE_BYTES)
        HR_TRY(hr_fail(err, HR_INPUT, "expected a file of at most %d bytes", HR_PICTURE_BYTES));
    HR_TRY(read_all(file, is->st_size, &bytes, err));
    HR_TRY(hr_picture_make(&posters->maker, bytes, is->st_size, picture, err));
done:
    free(bytes);
    return status == HR_USAGE ? HR_INPUT : status;
}

hr_status hr_posters_read(hr_posters *posters, const char *movie, hr_kept_picture *picture, hr_error *err)
{
    hr_status status = HR_OK;
    char name[NAME_MAX + 1];
    struct stat is;
    bool found = false;
    *picture = (hr_kept_picture){0};
    const int file = open_poster(posters, movie, name);
    if (file < 0)
        return HR_OK;
    if (fstat(file, &is) != 0)
        HR_TRY(hr_fail(err, HR_IO, "cannot be read: %s", strerror(errno)));
    HR_TRY(hr_poster_cache_find(&posters->cache, &is, &found, picture, err));
    if (found)
        goto done;
    status = make(posters, file, &is, picture, err);
    if (status == HR_OK || status == HR_INPUT)
        hr_poster_cache_keep(&posters->cache, &is, picture);
done:
    close(file);
    return hr_fail_in(err, status, status == HR_OK ? "" : name);
}
