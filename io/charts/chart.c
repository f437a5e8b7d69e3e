#include "io/charts/chart.h"

#include "io/charts/chart_script.h"
#include "io/charts/gnuplot.h"
#include "io/charts/markup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What of gnuplot's SVG is written otherwise. A point is a circle, so that no chart needs definitions with ids; text and
 * axes have the colour of the text around; fonts are those of the page. */
static const struct {
    const char *found, *written;
} changes[] = {{"<use xlink:href='#gpPt6'", "<circle r='1' stroke='none' fill='currentColor'"},
               {"'rgb(  4,   5,   6)'", "'currentColor' stroke-opacity='0.18'"},
               {"rgb(  1,   2,   3)", "currentColor"},
               {"rgb(1,2,3)", "currentColor"},
               {" color=\"black\"", ""},
               {" color=\"#FFFFFF\"", ""},
               {" font-family=\"sans\" ", " "},
               {" class=\"gridline\" ", " "},
               {" stroke-linecap=\"butt\" stroke-linejoin=\"miter\"", ""}};

/* Writes what "@N@" at `text` stands for. Returns the bytes of it; 0 where it is none. */
static size_t write_text(const hr_chart *chart, const char *text, FILE *out)
{
    char *end = NULL;
    if (*text != '@')
        return 0;
    const long number = strtol(text + 1, &end, 10);
    const char *shown = end != text + 1 && *end == '@' ? hr_chart_text(chart, number) : NULL;
    if (!shown)
        return 0;
    hr_markup_text(out, shown);
    return (size_t)(end + 1 - text);
}

static size_t write_change(const char *text, FILE *out)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const size_t length = strlen(changes[i].found);
        if (strncmp(text, changes[i].found, length) == 0) {
            fputs(changes[i].written, out);
            return length;
        }
    }
    return 0;
}

/* Writes a line up to `end`. */
static void write_line(const hr_chart *chart, const char *line, const char *end, FILE *out)
{
    while (line < end) {
        size_t used = write_text(chart, line, out);
        if (used == 0)
            used = write_change(line, out);
        if (used == 0) {
            fputc(*line, out);
            used = 1;
        }
        line += used;
    }
}

static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return line + strspn(line, "\n\t ");
}

/* Lines that are of no use: definitions, and a group without content. Returns where they end. */
static const char *skip(const char *line)
{
    if (starts(line, "<defs>")) {
        const char *end = strstr(line, "</defs>");
        return end ? next_line(end) : line + strlen(line);
    }
    const char *next = next_line(line);
    return starts(line, "<g fill=\"none\"") && starts(next, "</g>") ? next_line(next) : line;
}

/* Writes what is in gnuplot's canvas, without names. */
static void write_canvas(const hr_chart *chart, const char *drawn, FILE *out)
{
    const char *line = strstr(drawn, "<g id=\"gnuplot_canvas\"");
    for (line = line ? next_line(line) : ""; *line && !starts(line, "</svg>"); line = next_line(line)) {
        for (const char *used = NULL; used != line;) {
            used = line;
            line = skip(line);
        }
        if (starts(line, "<g id=\"gnuplot_plot"))
            fputs("<g>", out);
        else
            write_line(chart, line, line + strcspn(line, "\n"), out);
        fputc('\n', out);
    }
}

static void write_svg(const hr_chart *chart, const char *id, const char *attributes, const char *drawn,
                      FILE *out)
{
    fprintf(out,
            "<svg id='%s' %s viewBox='0 0 %d %d' role='img' aria-labelledby='%s-title %s-text'>\n"
            "<title id='%s-title'>",
            id, attributes, chart->width, chart->height, id, id, id);
    hr_markup_text(out, chart->title);
    fprintf(out, "</title>\n<desc id='%s-text'>", id);
    hr_markup_text(out, chart->description);
    fputs("</desc>\n<g>\n", out);
    write_canvas(chart, drawn, out);
    fputs("</svg>\n", out);
}

hr_status hr_chart_write(const hr_chart *chart, const char *id, const char *attributes, FILE *out,
                         hr_error *err)
{
    hr_status status = HR_OK;
    char *svg = NULL;
    size_t room = 0;
    FILE *script = tmpfile(), *drawn = tmpfile();
    if (!script || !drawn)
        HR_TRY(hr_fail(err, HR_IO, "a temporary file cannot be made: %s", strerror(errno)));
    hr_chart_script(chart, script);
    HR_TRY(hr_gnuplot_draw(script, fileno(drawn), chart->title, err));
    rewind(drawn);
    if (getdelim(&svg, &room, '\0', drawn) <= 0)
        HR_TRY(hr_fail(err, HR_IO, "gnuplot has drawn nothing of \"%s\"", chart->title));
    write_svg(chart, id, attributes, svg, out);
done:
    free(svg);
    if (drawn)
        fclose(drawn);
    if (script)
        fclose(script);
    return status;
}
