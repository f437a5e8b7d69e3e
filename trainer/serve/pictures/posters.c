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
    *posters = (hr_posters){path, folder};
    return HR_OK;
}

void hr_posters_close(hr_posters *posters)
{
    if (posters->folder > 0)
        close(posters->folder);
    *posters = (hr_posters){0};
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

static hr_status read_all(int file, unsigned char **bytes, int64_t *size, hr_error *err)
{
    hr_status status = HR_OK;
    struct stat found;
    if (fstat(file, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size > HR_PICTURE_BYTES)
        HR_TRY(hr_fail(err, HR_INPUT, "expected a file of at most %d bytes", HR_PICTURE_BYTES));
    HR_ALLOC(*bytes, found.st_size);
    *size = 0;
    while (*size < found.st_size) {
        const ssize_t count = read(file, *bytes + *size, (size_t)(found.st_size - *size));
        if (count <= 0)
            HR_TRY(hr_fail(err, HR_IO, "cannot be read: %s",
                           count < 0 ? strerror(errno) : "it has become shorter"));
        *size += count;
    }
done:
    return status;
}

hr_status hr_posters_read(const hr_posters *posters, hr_picture_maker *maker, const char *movie,
                          hr_kept_picture *picture, hr_error *err)
{
    hr_status status = HR_OK;
    char name[NAME_MAX + 1];
    unsigned char *bytes = NULL;
    int64_t size = 0;
    *picture = (hr_kept_picture){0};
    const int file = open_poster(posters, movie, name);
    if (file < 0)
        return HR_OK;
    HR_TRY(read_all(file, &bytes, &size, err));
    HR_TRY(hr_picture_make(maker, bytes, size, picture, err));
done:
    close(file);
    free(bytes);
    return hr_fail_in(err, status == HR_USAGE ? HR_INPUT : status, status == HR_OK ? "" : name);
}
