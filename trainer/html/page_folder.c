#include "trainer/html/page_folder.h"

#include "io/base/durable.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

hr_status hr_page_folder_begin(hr_page_folder *folder, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    *folder = (hr_page_folder){.path = NULL};
    if (snprintf(folder->page, sizeof folder->page, "%s/index.html", path) >= (int)sizeof folder->page)
        return hr_fail(err, HR_USAGE, "%s: the path is too long", path);
    if (mkdir(path, 0777) != 0)
        return errno == EEXIST
                   ? hr_fail(err, HR_USAGE, "%s: is there already; remove it, or give --out another folder",
                             path)
                   : hr_fail(err, HR_IO, "%s: cannot be made: %s", path, strerror(errno));
    folder->path = path;
    HR_TRY(hr_temporary_name(folder->page, &folder->temporary, err));
    folder->out = fopen(folder->temporary, "we");
    if (!folder->out)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", folder->temporary, strerror(errno)));
done:
    return status;
}

hr_status hr_page_folder_publish(hr_page_folder *folder, hr_error *err)
{
    if (fflush(folder->out) != 0 || ferror(folder->out))
        return hr_fail(err, HR_IO, "%s: cannot be written: %s", folder->temporary, strerror(errno));
    const hr_status status = hr_publish(folder->temporary, folder->page, err);
    if (status == HR_OK)
        folder->path = NULL;
    return status;
}

void hr_page_folder_end(hr_page_folder *folder)
{
    if (folder->out)
        fclose(folder->out);
    if (folder->path) {
        if (folder->temporary)
            unlink(folder->temporary);
        rmdir(folder->path);
    }
    free(folder->temporary);
    *folder = (hr_page_folder){.path = NULL};
}
