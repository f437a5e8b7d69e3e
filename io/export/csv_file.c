#include "io/export/csv_file.h"

#include "io/base/durable.h"
#include "io/base/memory.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

hr_status hr_csv_open(hr_csv *csv, const char *folder, const char *name, const char *header, hr_error *err)
{
    hr_status status = HR_OK;
    const size_t length = strlen(folder) + strlen(name) + 2;
    HR_ALLOC(csv->path, (int64_t)length);
    snprintf(csv->path, length, "%s/%s", folder, name);
    HR_TRY(hr_temporary_name(csv->path, &csv->temporary, err));
    csv->file = fopen(csv->temporary, "w");
    if (!csv->file)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be created: %s", csv->temporary, strerror(errno)));
    fprintf(csv->file, "%s\n", header);
done:
    return status;
}

void hr_csv_text(hr_csv *csv, const char *text, char end)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fprintf(csv->file, "%s%c", text, end);
        return;
    }
    fputc('"', csv->file);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', csv->file);
        fputc(*text, csv->file);
    }
    fprintf(csv->file, "\"%c", end);
}

hr_status hr_csv_publish(hr_csv *csv, hr_error *err)
{
    const int written = fflush(csv->file) == 0 && !ferror(csv->file);
    if (!written)
        return hr_fail(err, HR_IO, "%s: cannot be written: %s; free some space or write elsewhere",
                       csv->temporary, strerror(errno));
    const hr_status status = hr_publish(csv->temporary, csv->path, err);
    if (status == HR_OK) {
        free(csv->temporary);
        csv->temporary = NULL;
    }
    return status;
}

void hr_csv_close(hr_csv *csv)
{
    if (csv->file)
        fclose(csv->file);
    if (csv->temporary)
        unlink(csv->temporary);
    free(csv->temporary);
    free(csv->path);
    *csv = (hr_csv){NULL, NULL, NULL};
}
