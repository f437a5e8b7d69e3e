/* An HTML page: elements that this project's pages are made of. Texts are escaped, whatever they contain; names of
 * elements, ids and classes are the program's own. Elements are closed as XML wants it, so that readers of XML read it too. */
#ifndef HR_TRAINER_HTML_HTML_H
#define HR_TRAINER_HTML_HTML_H

#include "io/charts/chart.h"
#include "io/charts/markup.h"

#include <stdbool.h>
#include <stdio.h>

enum { HR_HTML_CELLS = 16, HR_HTML_CELL = 64 };

typedef struct hr_html {
    FILE *out;
    int sections, charts; /* so far; charts have ids by their number */
} hr_html;

/* What a page begins with: everything it needs is in it, and a browser is told to fetch nothing. */
void hr_html_begin(hr_html *html, const char *title);
void hr_html_end(hr_html *html);

/* A link to each section; `id` and `title` end with a NULL. */
void hr_html_contents(hr_html *html, const char *const *id, const char *const *title);

void hr_html_section(hr_html *html, const char *id, const char *title);
void hr_html_section_end(hr_html *html);

/* An element with a text: <p>…</p>. */
void hr_html_element(hr_html *html, const char *element, const char *text);
void hr_html_paragraph(hr_html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Figures in large type: each a value with what it is. */
void hr_html_cards(hr_html *html);
void hr_html_card(hr_html *html, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void hr_html_cards_end(hr_html *html);

/* A table: titles of columns, cells of rows. Column c is of numbers where bit c of `numbers` is set. */
void hr_html_table(hr_html *html, int columns, const char *const *title, unsigned numbers);
void hr_html_row(hr_html *html, int columns, const char *const *cell, unsigned numbers);
void hr_html_table_end(hr_html *html);

/* A row of a name and a value, of a table with two columns. */
void hr_html_fact(hr_html *html, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Charts side by side. */
void hr_html_charts(hr_html *html, bool large);
void hr_html_charts_end(hr_html *html);

/* A chart with its title above and, for more than one name, a legend below: series i is of name [i]. HR_IO. */
hr_status hr_html_chart(hr_html *html, const hr_chart *chart, int names, const char *const *name,
                        const int *colour, hr_error *err);

#endif
