#include "trainer/lists/list_file.h"

#include "io/base/durable.h"
#include "io/base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const hr_list_format *const formats[] = {&hr_list_format_tsv, &hr_list_format_jsonl,
                                                &hr_list_format_h5, &hr_list_format_npy, NULL};

/* NULL where the name ends otherwise. */
static const hr_list_format *find_format(const char *path)
{
    const size_t length = strlen(path);
    for (int i = 0; formats[i]; i++) {
        const size_t suffix = strlen(formats[i]->suffix);
        if (length > suffix && strcmp(path + length - suffix, formats[i]->suffix) == 0)
            return formats[i];
    }
    return NULL;
}

hr_status hr_list_file_check(const char *path, hr_error *err)
{
    char shown[HR_ESCAPED_LENGTH];
    if (find_format(path))
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--out %s: expected a name that ends in .tsv, .jsonl, .h5 or .npy",
                   hr_escape(shown, sizeof shown, path, (int64_t)strlen(path)));
}

/* What was laid out on a rank whose others failed. */
static void remove_temporary(const char *path)
{
    hr_error ignored;
    char *temporary = NULL;
    if (hr_temporary_name(path, &temporary, &ignored) == HR_OK)
        unlink(temporary);
    free(temporary);
}

hr_status hr_list_file_create(hr_list_file *file, const hr_list_target *target, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = target->comm;
    file->target = *target;
    HR_TRY(hr_list_file_check(target->path, err));
    file->format = find_format(target->path);
    status = file->format->create(&file->state, &file->target, err);
    const bool is_laid_out = status == HR_OK && comm->rank == 0;
    status = hr_agree(comm, status, NULL, err);
    if (status != HR_OK && is_laid_out)
        remove_temporary(target->path);
    HR_TRY(status);
    HR_TRY(hr_shared_open(&file->target.file, comm, target->path, err));
done:
    return status;
}

static hr_status take(void *context, int64_t first, const hr_user_block *users, const hr_lists *lists,
                      hr_error *err)
{
    hr_list_file *file = context;
    return file->format->write(file->state, &file->target, first, users, lists, err);
}

hr_list_sink hr_list_file_sink(hr_list_file *file)
{
    return (hr_list_sink){take, file};
}

hr_status hr_list_file_publish(hr_list_file *file, hr_status mine, hr_error *err)
{
    hr_status status = hr_agree(file->target.comm, mine, NULL, err);
    if (status == HR_OK && file->format->publish && file->target.comm->rank == 0)
        status = file->format->publish(file->state, err);
    return hr_shared_publish(file->target.file, status, err);
}

void hr_list_file_close(hr_list_file *file)
{
    hr_shared_close(file->target.file);
    if (file->format)
        file->format->destroy(file->state);
    *file = (hr_list_file){0};
}

void hr_list_file_beside(const char *path, hr_list_names names)
{
    static const char *const suffixes[HR_LIST_SIDE_FILES] = {HR_NPY_USER_IDS, HR_NPY_MOVIE_IDS};
    const size_t stem = strlen(path) - strlen(hr_list_format_npy.suffix);
    for (int i = 0; i < HR_LIST_SIDE_FILES; i++)
        if (find_format(path) != &hr_list_format_npy ||
            snprintf(names[i], PATH_MAX, "%.*s%s", (int)stem, path, suffixes[i]) >= PATH_MAX)
            names[i][0] = '\0';
}

void hr_list_file_output(hr_output *output, const char *path, int number, hr_list_names names)
{
    const hr_list_format *format = find_format(path);
    output->file = number == 0 ? path : names[number - 1];
    output->format = number == 0 ? format->h5_format : NULL;
    if (output->format)
        return;
    output->marks = (hr_output_marks){.what = number == 0 ? "a file of lists" : "the ids of a file of lists",
                                      .beside = number == 0 ? names[0] : path};
    for (int i = 0; number == 0 && i < 2; i++)
        output->marks.begins[i] = format->begins[i];
}
