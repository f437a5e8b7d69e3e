#include "trainer/serve/pictures/placeholder.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/charts/markup.h"

#include <stdio.h>
#include <string.h>

/* Pixels, characters of a line, lines of a title. */
enum {
    WIDTH = 300,
    HEIGHT = 450,
    LINE_HEIGHT = 34,
    FIRST_LINE = 110,
    LONGEST = 15,
    MOST_LINES = 7,
    LINE_BYTES = 64
};

/* One of 24 hues: FNV-1a of the title. */
static unsigned hue(const char *title)
{
    unsigned hash = 2166136261U;
    for (; *title; title++)
        hash = (hash ^ (unsigned char)*title) * 16777619U;
    return hash % 24 * 15;
}

/* Bytes of the next line: as many characters as fit, up to a blank where there is one. */
static size_t line_of(const char *text)
{
    size_t used = 0, blank = 0;
    const size_t length = strlen(text);
    for (int characters = 0; used < length && characters < LONGEST; characters++) {
        if (text[used] == ' ')
            blank = used;
        const int bytes = hr_utf8_character(text + used, (int64_t)(length - used));
        used += bytes > 0 ? (size_t)bytes : 1;
    }
    return used < length && text[used] != ' ' && blank > 0 ? blank : used;
}

static void draw_line(FILE *out, const char *text, size_t length, int line)
{
    char copy[LINE_BYTES + 1];
    length = length < LINE_BYTES ? length : LINE_BYTES;
    memcpy(copy, text, length);
    copy[length] = '\0';
    fprintf(out, "<text x=\"24\" y=\"%d\">", FIRST_LINE + line * LINE_HEIGHT);
    hr_markup_text(out, copy);
    fputs("</text>", out);
}

static void draw(FILE *out, const char *title, int year)
{
    const unsigned colour = hue(title);
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
            "role=\"img\"><title>",
            WIDTH, HEIGHT, WIDTH, HEIGHT);
    hr_markup_text(out, title);
    fprintf(out,
            "</title><rect width=\"100%%\" height=\"100%%\" fill=\"hsl(%u,35%%,28%%)\"/>"
            "<path d=\"M0 %d L%d %d V%d H0 Z\" fill=\"hsl(%u,35%%,22%%)\"/>"
            "<g fill=\"#fff\" font-family=\"sans-serif\" font-size=\"28\" font-weight=\"600\">",
            colour, HEIGHT * 3 / 4, WIDTH, HEIGHT / 2, HEIGHT, (colour + 30) % 360);
    for (int line = 0; *title && line < MOST_LINES; line++) {
        const size_t length = line_of(title);
        draw_line(out, title, length, line);
        title += length;
        title += strspn(title, " ");
    }
    fputs("</g>", out);
    if (year != 0)
        fprintf(out,
                "<text x=\"24\" y=\"%d\" fill=\"#fff\" font-family=\"sans-serif\" font-size=\"24\">%d</text>",
                HEIGHT - 30, year);
    fputs("</svg>\n", out);
}

hr_status hr_placeholder_draw(const char *title, int year, char **svg, size_t *length, hr_error *err)
{
    FILE *out = open_memstream(svg, length);
    if (!out)
        return hr_fail_memory(err, 1, 1, "a drawing");
    draw(out, title, year);
    if (fclose(out) == 0)
        return HR_OK;
    free(*svg);
    *svg = NULL;
    return hr_fail_memory(err, 1, 1, "a drawing");
}
