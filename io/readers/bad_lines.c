#include "io/readers/bad_lines.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void hr_bad_lines_add(hr_bad_lines *bad, int32_t file, int64_t offset, const char *what)
{
    if (bad->count < HR_BAD_LISTED) {
        hr_bad_line *line = &bad->line[bad->count];
        line->file = file;
        line->offset = offset;
        snprintf(line->what, sizeof line->what, "%s", what);
    }
    bad->count++;
}

static bool comes_before(const hr_bad_line *a, const hr_bad_line *b)
{
    return a->file != b->file ? a->file < b->file : a->offset < b->offset;
}

void hr_bad_lines_merge(hr_bad_lines *into, const hr_bad_lines *from)
{
    hr_bad_line all[2 * HR_BAD_LISTED];
    int count = 0, i = 0, j = 0;
    while (i < hr_bad_lines_listed(into) || j < hr_bad_lines_listed(from)) {
        const bool second = i == hr_bad_lines_listed(into) ||
                            (j < hr_bad_lines_listed(from) && comes_before(&from->line[j], &into->line[i]));
        all[count++] = second ? from->line[j++] : into->line[i++];
    }
    into->count += from->count;
    memcpy(into->line, all, (size_t)hr_bad_lines_listed(into) * sizeof *all);
}
