#include "trainer/many_models/folder.h"

#include "io/base/durable.h"
#include "io/base/json.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUMMARY "compare.json"

/* Whether the folder has a file that is not hidden. */
static bool has_files(const char *path)
{
    DIR *folder = opendir(path);
    bool has = false;
    for (const struct dirent *file = folder ? readdir(folder) : NULL; file && !has; file = readdir(folder))
        has = file->d_name[0] != '.';
    if (folder)
        closedir(folder);
    return has;
}

/* Makes the folder, or checks one that is there. On rank 0. */
static hr_status make(const hr_many_models *m, const char *summary, hr_error *err)
{
    struct stat found;
    if (mkdir(m->folder, 0777) == 0)
        return HR_OK;
    if (errno != EEXIST)
        return hr_fail(err, HR_IO, "%s: cannot be created: %s", m->folder, strerror(errno));
    if (stat(m->folder, &found) != 0 || !S_ISDIR(found.st_mode))
        return hr_fail(err, HR_USAGE, "%s: is no folder; --out names the folder of the comparison",
                       m->folder);
    if (access(summary, F_OK) != 0 && has_files(m->folder))
        return hr_fail(err, HR_USAGE, "%s: has files, and no %s of a comparison: name another --out",
                       m->folder, SUMMARY);
    return HR_OK;
}

/* HR_USAGE where the folder is of another dataset. On rank 0. */
static hr_status check_dataset(const hr_many_models *m, const char *summary, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *object = json_load_file(summary, 0, NULL);
    const char *kept = json_string_value(json_object_get(object, "fingerprint"));
    if (kept && strcmp(kept, m->data.fingerprint) != 0)
        status =
            hr_fail(err, HR_USAGE,
                    "%s: compares models on another dataset (fingerprint %.40s; %s has %s): name another "
                    "--out, or remove the folder",
                    m->folder, kept, m->dataset, m->data.fingerprint);
    json_decref(object);
    return status;
}

/* A file that is written under a temporary name. */
static hr_status write_durably(const char *path, const hr_side_by_side *s, hr_side_writer *write,
                               hr_error *err)
{
    hr_status status = HR_OK;
    char *temporary = NULL;
    HR_TRY(hr_temporary_name(path, &temporary, err));
    FILE *out = fopen(temporary, "we");
    if (!out)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be created: %s", temporary, strerror(errno)));
    status = write(s, out, err);
    if ((ferror(out) || fflush(out) != 0) && status == HR_OK)
        status = hr_fail(err, HR_IO, "%s: cannot be written: %s", temporary, strerror(errno));
    fclose(out);
    if (status == HR_OK)
        status = hr_publish(temporary, path, err);
    if (status != HR_OK)
        unlink(temporary);
done:
    free(temporary);
    return status;
}

/* What compare.json says while models are trained. */
static hr_status write_begun(const hr_side_by_side *s, FILE *out, hr_error *err)
{
    json_t *object = json_pack("{s:s, s:b, s:o, s:s}", "format", HR_SIDE_FORMAT, "is_complete", 0, "dataset",
                               hr_json_string(s->m->dataset), "fingerprint", s->m->data.fingerprint);
    const hr_status status = hr_json_print(object, "the comparison", out, err);
    json_decref(object);
    return status;
}

hr_status hr_folder_begin(hr_folder *folder, const hr_comm *comm, const hr_many_models *m, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_side_by_side begun = {.m = m};
    if (snprintf(folder->summary, PATH_MAX, "%s/" SUMMARY, m->folder) >= HR_TEXT_LENGTH)
        return hr_fail(err, HR_USAGE, "%.100s…: a path too long", m->folder);
    folder->output = (hr_output){.file = folder->summary,
                                 .marks = {.what = "a comparison", .holds = "\"" HR_SIDE_FORMAT "\""},
                                 .inputs = {m->dataset}};
    if (comm->rank == 0)
        status = make(m, folder->summary, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_output_begin(&folder->output, comm, err));
    if (comm->rank == 0)
        status = check_dataset(m, folder->summary, err);
    if (comm->rank == 0 && status == HR_OK)
        status = write_durably(folder->summary, &begun, write_begun, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
done:
    return status;
}

void hr_folder_end(hr_folder *folder)
{
    hr_output_end(&folder->output);
}

hr_status hr_folder_write(const hr_side_by_side *s, const char *name, hr_side_writer *write, hr_error *err)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", s->m->folder, name) >= PATH_MAX)
        return hr_fail(err, HR_USAGE, "%.100s…: a path too long", s->m->folder);
    return write_durably(path, s, write, err);
}
