#include "trainer/html/html.h"

#include "trainer/html/style.h"

#include <stdarg.h>

enum { TEXT = 1024 };

void hr_html_begin(hr_html *html, const char *title)
{
    fputs(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; "
        "img-src data:\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<meta name=\"generator\" content=\"halorec " HR_VERSION
        "\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n<title>",
        html->out);
    hr_markup_text(html->out, title);
    fprintf(html->out, "</title>\n<style>%s</style>\n</head>\n<body>\n<header>\n<h1>", hr_page_style);
    hr_markup_text(html->out, title);
    fputs("</h1>\n</header>\n", html->out);
}

void hr_html_end(hr_html *html)
{
    fputs("</main>\n</body>\n</html>\n", html->out);
}

void hr_html_contents(hr_html *html, const char *const *id, const char *const *title)
{
    fputs("<nav aria-label=\"Contents\">\n", html->out);
    for (int i = 0; id[i]; i++) {
        fprintf(html->out, "<a href=\"#%s\">", id[i]);
        hr_markup_text(html->out, title[i]);
        fputs("</a>\n", html->out);
    }
    fputs("</nav>\n<main>\n", html->out);
}

void hr_html_section(hr_html *html, const char *id, const char *title)
{
    html->sections++;
    fprintf(html->out, "<section id=\"%s\">\n", id);
    hr_html_element(html, "h2", title);
}

void hr_html_section_end(hr_html *html)
{
    fputs("</section>\n", html->out);
}

void hr_html_element(hr_html *html, const char *element, const char *text)
{
    fprintf(html->out, "<%s>", element);
    hr_markup_text(html->out, text);
    fprintf(html->out, "</%s>\n", element);
}

void hr_html_paragraph(hr_html *html, const char *format, ...)
{
    char text[TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    hr_html_element(html, "p", text);
}

void hr_html_cards(hr_html *html)
{
    fputs("<dl class=\"cards\">\n", html->out);
}

void hr_html_card(hr_html *html, const char *name, const char *format, ...)
{
    char text[TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fputs("<div>", html->out);
    hr_html_element(html, "dt", name);
    hr_html_element(html, "dd", text);
    fputs("</div>\n", html->out);
}

void hr_html_cards_end(hr_html *html)
{
    fputs("</dl>\n", html->out);
}

static void put_cells(hr_html *html, const char *element, int columns, const char *const *cell,
                      unsigned numbers)
{
    fputs("<tr>", html->out);
    for (int c = 0; c < columns; c++) {
        fprintf(html->out, "<%s%s>", element, numbers >> c & 1U ? " class=\"n\"" : "");
        hr_markup_text(html->out, cell[c]);
        fprintf(html->out, "</%s>", element);
    }
    fputs("</tr>\n", html->out);
}

void hr_html_table(hr_html *html, int columns, const char *const *title, unsigned numbers)
{
    fputs("<div class=\"table\">\n<table>\n<thead>\n", html->out);
    put_cells(html, "th", columns, title, numbers);
    fputs("</thead>\n<tbody>\n", html->out);
}

void hr_html_row(hr_html *html, int columns, const char *const *cell, unsigned numbers)
{
    put_cells(html, "td", columns, cell, numbers);
}

void hr_html_table_end(hr_html *html)
{
    fputs("</tbody>\n</table>\n</div>\n", html->out);
}

void hr_html_fact(hr_html *html, const char *name, const char *format, ...)
{
    char text[TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put_cells(html, "td", 2, (const char *const[]){name, text}, 0);
}

void hr_html_charts(hr_html *html, bool large)
{
    fprintf(html->out, "<div class=\"charts%s\">\n", large ? " large" : "");
}

void hr_html_charts_end(hr_html *html)
{
    fputs("</div>\n", html->out);
}

hr_status hr_html_chart(hr_html *html, const hr_chart *chart, int names, const char *const *name,
                        const int *colour, hr_error *err)
{
    char id[32];
    snprintf(id, sizeof id, "chart-%d", ++html->charts);
    fputs("<figure>\n", html->out);
    hr_html_element(html, "figcaption", chart->title);
    const hr_status status = hr_chart_write(chart, id, "class='chart'", html->out, err);
    if (names > 1)
        fputs("<ul class=\"legend\">", html->out);
    for (int i = 0; names > 1 && i < names; i++) {
        fprintf(html->out, "<li><i style=\"background:%s\"></i>", hr_chart_colour(colour[i]));
        hr_markup_text(html->out, name[i]);
        fputs("</li>", html->out);
    }
    fputs(names > 1 ? "</ul>\n</figure>\n" : "</figure>\n", html->out);
    return status;
}
