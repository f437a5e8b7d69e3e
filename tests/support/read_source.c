#include "tests/support/read_source.h"

#include "tests/support/folder.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hr_status add_rows(void *context, const hr_rating_rows *rows, hr_error *err)
{
    read_text *out = context;
    (void)err;
    for (int64_t i = 0; i < rows->count; i++) {
        const size_t length = strlen(out->rows);
        char time[32] = "-";
        if (rows->time[i] != HR_NO_TIME)
            snprintf(time, sizeof time, "%" PRId64, rows->time[i]);
        snprintf(out->rows + length, READ_LENGTH - length, "%.*s %.*s %.9g %s\n", HR_PIECE(rows->user[i]),
                 HR_PIECE(rows->item[i]), (double)rows->value[i], time);
    }
    return HR_OK;
}

hr_status read_source(const char *path, const hr_source_options *options, int64_t pieces, read_text *out,
                      hr_error *err)
{
    hr_source *source = NULL;
    hr_status status = HR_OK;
    memset(out, 0, sizeof *out);
    HR_TRY(hr_source_open(&source, path, options, err));
    const hr_source_facts *facts = hr_source_facts_of(source);
    for (int64_t i = 0; i < facts->said.count; i++)
        snprintf(out->said + strlen(out->said), sizeof out->said - strlen(out->said), "%s\n",
                 hr_strings_at(&facts->said, i));
    for (int64_t piece = 0; piece < pieces; piece++) {
        hr_bad_lines bad = {0};
        HR_TRY(hr_source_read(source, piece, pieces, add_rows, out, &bad, err));
        hr_bad_lines_merge(&out->bad, &bad);
    }
    HR_TRY(hr_source_check_bad(source, &out->bad, err));
done:
    hr_source_close(source);
    return status;
}

const char *write_bytes(const char *name, const char *bytes, size_t count)
{
    FILE *file = fopen(in_folder(name), "wb");
    if (!file || fwrite(bytes, 1, count, file) != count || fclose(file) != 0)
        abort();
    return in_folder(name);
}
