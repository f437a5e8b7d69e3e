#include "io/hdf5/shared_file.h"

#include "io/base/durable.h"
#include "io/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "arrays are written as they are in memory");

enum { BLOCK_BYTES = 4 << 20 }; /* what a thread writes at a time */

struct hr_shared_file {
    const hr_comm *comm;
    char *path, *temporary; /* temporary is NULL once published */
    int descriptor;
};

static hr_status cannot_write(const hr_shared_file *f, int reason, hr_error *err)
{
    return hr_fail(err, HR_IO, "%s: cannot be written: %s; free some space or write elsewhere", f->temporary,
                   strerror(reason));
}

static hr_status open_laid_out(hr_shared_file *f, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(f->path, (int64_t)strlen(path) + 1);
    strcpy(f->path, path);
    HR_TRY(hr_temporary_name(path, &f->temporary, err));
    f->descriptor = open(f->temporary, O_WRONLY);
    if (f->descriptor < 0)
        HR_TRY(cannot_write(f, errno, err));
    if (f->comm->rank == 0) { /* the file has its length, but may have holes */
        const int refused = posix_fallocate(f->descriptor, 0, lseek(f->descriptor, 0, SEEK_END));
        if (refused != 0 && refused != EOPNOTSUPP && refused != EINVAL)
            HR_TRY(cannot_write(f, refused, err));
    }
done:
    return status;
}

hr_status hr_shared_open(hr_shared_file **out, const hr_comm *comm, const char *path, hr_error *err)
{
    hr_shared_file *f = hr_alloc(1, sizeof *f);
    hr_status status = f ? HR_OK : hr_fail_memory(err, 1, sizeof *f, "a file");
    if (f) {
        f->comm = comm;
        f->descriptor = -1;
        status = open_laid_out(f, path, err);
    }
    status = hr_agree(comm, status, NULL, err);
    if (status != HR_OK) {
        hr_shared_close(f);
        f = NULL;
    }
    *out = f;
    return status;
}

static hr_status write_block(const hr_shared_file *f, int64_t offset, const char *data, int64_t bytes,
                             hr_error *err)
{
    while (bytes > 0) {
        const ssize_t written = pwrite(f->descriptor, data, (size_t)bytes, offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return cannot_write(f, written < 0 ? errno : ENOSPC, err);
        data += written;
        offset += written;
        bytes -= written;
    }
    return HR_OK;
}

hr_status hr_shared_write(hr_shared_file *f, int64_t offset, const void *data, int64_t bytes, hr_error *err)
{
    hr_status status = HR_OK;
#pragma omp parallel for schedule(dynamic, 1) if (bytes > BLOCK_BYTES)
    for (int64_t first = 0; first < bytes; first += BLOCK_BYTES) {
        const int64_t length = bytes - first < BLOCK_BYTES ? bytes - first : BLOCK_BYTES;
        hr_error mine = {""};
        const hr_status found = write_block(f, offset + first, (const char *)data + first, length, &mine);
#pragma omp critical
        if (found != HR_OK && status == HR_OK) {
            status = found;
            *err = mine;
        }
    }
    return status;
}

hr_status hr_shared_flush(hr_shared_file *f, hr_error *err)
{
    return fdatasync(f->descriptor) == 0 ? HR_OK : cannot_write(f, errno, err);
}

static hr_status publish_plainly(void *context, const char *temporary, const char *path, hr_error *err)
{
    (void)context;
    return hr_publish(temporary, path, err);
}

hr_status hr_shared_publish(hr_shared_file *f, hr_status mine, hr_error *err)
{
    return hr_shared_publish_by(f, mine, publish_plainly, NULL, err);
}

hr_status hr_shared_publish_by(hr_shared_file *f, hr_status mine, hr_publisher *publish, void *context,
                               hr_error *err)
{
    hr_status status = mine;
    if (status == HR_OK && f->comm->rank != 0)
        status = hr_shared_flush(f, err);
    status = hr_agree(f->comm, status, NULL, err);
    if (status != HR_OK)
        return status;
    if (f->comm->rank == 0)
        status = publish(context, f->temporary, f->path, err); /* which flushes */
    status = hr_agree(f->comm, status, NULL, err);
    if (status == HR_OK) {
        free(f->temporary);
        f->temporary = NULL;
    }
    return status;
}

void hr_shared_close(hr_shared_file *f)
{
    if (!f)
        return;
    if (f->descriptor >= 0)
        close(f->descriptor);
    if (f->temporary && f->comm->rank == 0)
        unlink(f->temporary);
    free(f->temporary);
    free(f->path);
    free(f);
}
