#include "io/statistics/charts_svg.h"

#include "io/base/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "<!-- halorec: charts of a dataset -->\n"

const hr_output_marks hr_charts_marks = {.what = "a page of charts of halorec stats", .begins = {MARK}};

enum { WIDTH = 480, HEIGHT = 320 };

/* Charts first … end - 1 on one page. */
static hr_status write_page(const hr_statistics *s, int first, int end, FILE *out, hr_error *err)
{
    hr_status status = HR_OK;
    const int side = end - first > 1 ? 2 : 1;
    fprintf(out,
            MARK
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d' "
            "font-family='system-ui,sans-serif'>\n<style>svg{color:#222;background:#fff}"
            "@media(prefers-color-scheme:dark){svg{color:#ddd;background:#16181c}}</style>\n",
            side * WIDTH, side * HEIGHT, side * WIDTH, side * HEIGHT);
    for (int c = first; c < end; c++) {
        char position[96];
        snprintf(position, sizeof position, "x='%d' y='%d' width='%d' height='%d'",
                 (c - first) % side * WIDTH, (c - first) / side * HEIGHT, WIDTH, HEIGHT);
        if (hr_statistics_can_draw(s, (hr_statistics_chart)c))
            HR_TRY(hr_statistics_draw(s, (hr_statistics_chart)c, true, hr_statistics_chart_names[c], position,
                                      out, err));
    }
    fputs("</svg>\n", out);
done:
    return status;
}

static hr_status draw_file(const hr_statistics *s, int first, int end, const char *path, hr_error *err)
{
    char *temporary = NULL;
    hr_status status = HR_OK;
    FILE *out = NULL;
    HR_TRY(hr_temporary_name(path, &temporary, err));
    out = fopen(temporary, "we");
    if (!out)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", temporary, strerror(errno)));
    HR_TRY(write_page(s, first, end, out, err));
    if (fflush(out) != 0 || ferror(out))
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", temporary, strerror(errno)));
    HR_TRY(hr_publish(temporary, path, err));
done:
    if (out) {
        fclose(out);
        if (status != HR_OK)
            unlink(temporary);
    }
    free(temporary);
    return status;
}

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

int hr_charts_name_files(const char *path, hr_chart_files files)
{
    const bool fills_folder = is_folder(path);
    if (!fills_folder)
        snprintf(files[0], PATH_MAX, "%s", path);
    for (int c = 0; fills_folder && c < HR_CHARTS_OF_STATISTICS; c++)
        snprintf(files[c], PATH_MAX, "%s/%s.svg", path, hr_statistics_chart_names[c]);
    return fills_folder ? HR_CHARTS_OF_STATISTICS : 1;
}

hr_status hr_charts_draw(const hr_statistics *s, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_chart_files files;
    if (hr_charts_name_files(path, files) == 1)
        return draw_file(s, 0, HR_CHARTS_OF_STATISTICS, path, err);
    for (int c = 0; c < HR_CHARTS_OF_STATISTICS; c++)
        if (hr_statistics_can_draw(s, (hr_statistics_chart)c))
            HR_TRY(draw_file(s, c, c + 1, files[c], err));
done:
    return status;
}
