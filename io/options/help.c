#include "io/options/help.h"

#include "io/options/colours.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80, LEAST_WIDTH = 20, MAN_WIDTH = 68 };

static int terminal_width(FILE *out)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size = {.ws_col = 0};
    int width = columns ? atoi(columns) : 0;
    if (width == 0 && isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0)
        return USUAL_WIDTH;
    return width < LEAST_WIDTH ? LEAST_WIDTH : width;
}

hr_help hr_help_terminal(FILE *out)
{
    return (hr_help){.out = out, .colours = hr_has_colours(out), .width = terminal_width(out)};
}

hr_help hr_help_man(FILE *out)
{
    return (hr_help){.out = out, .man = true, .width = MAN_WIDTH};
}

/* Bytes of the UTF-8 character that begins with this one. */
static int character_bytes(char first)
{
    const unsigned char byte = (unsigned char)first;
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/* Characters of the first `bytes` bytes. */
static int characters(const char *text, int bytes)
{
    int count = 0;
    for (int i = 0; i < bytes; i += character_bytes(text[i]))
        count++;
    return count;
}

/* A character beyond ASCII, as roff names it. */
static void put_roff_code(FILE *out, const char *text, int bytes)
{
    unsigned code = (unsigned char)text[0] & (0x7FU >> bytes);
    for (int i = 1; i < bytes; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3FU);
    fprintf(out, "\\[u%04X]", code);
}

/* Text as roff prints it unchanged, wherever on a line it is: a hyphen stays the one that a user types, a
 * full stop begins no request. */
static void put_roff(FILE *out, const char *text, int bytes)
{
    static const struct {
        char character;
        const char *roff;
    } escapes[] = {{'\\', "\\e"},  {'-', "\\-"},   {'.', "\\&."},  {'\'', "\\(aq"},
                   {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}, {'"', "\\(dq"}};
    for (int i = 0, length; i < bytes; i += length) {
        const char *escape = NULL;
        length = character_bytes(text[i]);
        for (size_t e = 0; e < sizeof escapes / sizeof *escapes; e++)
            if (text[i] == escapes[e].character && (i == 0 || text[i] != '.'))
                escape = escapes[e].roff;
        if (escape)
            fputs(escape, out);
        else if (length == 1)
            fputc(text[i], out);
        else
            put_roff_code(out, text + i, length);
    }
}

static void put(const hr_help *help, const char *text, int bytes)
{
    if (help->man)
        put_roff(help->out, text, bytes);
    else
        fwrite(text, 1, (size_t)bytes, help->out);
}

/* Whether a sentence ends with a word: roff wants a new line after it. "et al. 2017" does not end one. */
static bool ends_sentence(const char *word, int bytes)
{
    const char *next = word + bytes + strspn(word + bytes, " ");
    while (bytes > 0 && strchr(")\"'", word[bytes - 1]))
        bytes--;
    return bytes > 0 && strchr(".!?", word[bytes - 1]) && !isdigit((unsigned char)*next);
}

/* Prints words, as many on a line as fit it; the first line goes on at column `at`, others are indented. */
static void wrap(const hr_help *help, const char *text, int at, int indent)
{
    bool breaks = false, first = true;
    while (*(text += strspn(text, " "))) {
        const int bytes = (int)strcspn(text, " "), wide = characters(text, bytes);
        if (!first && (breaks || at + 1 + wide > help->width)) {
            fprintf(help->out, "\n%*s", indent, "");
            at = indent;
        } else if (!first) {
            fputc(' ', help->out);
            at++;
        }
        put(help, text, bytes);
        breaks = help->man && ends_sentence(text, bytes);
        first = false;
        at += wide;
        text += bytes;
    }
    fputc('\n', help->out);
}

/* The day that the environment's SOURCE_DATE_EPOCH names, or today. */
static void print_date(FILE *out)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    const time_t now = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    char date[16];
    strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
    fputs(date, out);
}

static void begin_man(hr_help *help, const hr_help_head *head)
{
    fputs(".TH ", help->out);
    for (const char *c = head->name; *c; c++)
        fputc(toupper((unsigned char)*c), help->out);
    fputs(" 1 ", help->out);
    print_date(help->out);
    fputs(" \"halorec " HR_VERSION "\" \"halorec manual\"\n.SH NAME\n", help->out);
    put(help, head->name, (int)strlen(head->name));
    fputs(" \\- ", help->out);
    wrap(help, head->summary, (int)strlen(head->name) + 3, 0);
    fputs(".SH SYNOPSIS\n", help->out);
    wrap(help, head->synopsis, 0, 0);
    fputs(".SH DESCRIPTION\n", help->out);
}

void hr_help_begin(hr_help *help, const hr_help_head *head)
{
    if (help->man)
        begin_man(help, head);
    else {
        enum { USAGE_INDENT = 7 };
        fputs("usage: ", help->out);
        wrap(help, head->synopsis, USAGE_INDENT, USAGE_INDENT);
        fputc('\n', help->out);
    }
    char sentence[HR_TEXT_LENGTH];
    snprintf(sentence, sizeof sentence, "%s.", head->summary);
    wrap(help, sentence, 0, 0);
}

void hr_help_section(hr_help *help, const char *title)
{
    fprintf(help->out, "%s%s", help->man ? ".SH " : "\n", hr_colour_code(help->colours, HR_BOLD));
    for (const char *c = title; *c; c++)
        fputc(help->man ? toupper((unsigned char)*c) : *c, help->out);
    fprintf(help->out, "%s%s", help->man ? "\n" : ":\n", hr_colour_code(help->colours, HR_PLAIN));
}

void hr_help_text(hr_help *help, const char *text)
{
    wrap(help, text, 0, 0);
}

void hr_help_paragraph(hr_help *help, const char *text)
{
    fputs(help->man ? ".PP\n" : "\n", help->out);
    wrap(help, text, 0, 0);
}

/* An item, its text in column `column`, or below the term where that is too long. */
static void print_item(const hr_help *help, int column, const char *term, const char *text)
{
    enum { TERM_INDENT = 2 };
    const int bytes = (int)strlen(term), end = TERM_INDENT + characters(term, bytes);
    if (help->man) {
        fputs(".TP\n\\fB", help->out);
        put(help, term, bytes);
        fputs("\\fR\n", help->out);
        wrap(help, text, 0, 0);
        return;
    }
    fprintf(help->out, "  %s%s%s", hr_colour_code(help->colours, HR_BOLD), term,
            hr_colour_code(help->colours, HR_PLAIN));
    if (end + 2 <= column)
        fprintf(help->out, "%*s", column - end, "");
    else
        fprintf(help->out, "\n%*s", column, "");
    wrap(help, text, column, column);
}

/* The column of texts beside terms of up to `longest` characters: a third of the line at most. */
static int text_column(const hr_help *help, int longest)
{
    const int column = longest + 4, most = help->width / 3;
    return column < most ? column : most;
}

void hr_help_list(hr_help *help, const hr_help_item *items, int count)
{
    int longest = 0;
    for (int i = 0; i < count; i++) {
        const int length = characters(items[i].term, (int)strlen(items[i].term));
        longest = length > longest ? length : longest;
    }
    for (int i = 0; i < count; i++)
        print_item(help, text_column(help, longest), items[i].term, items[i].text);
}

static bool is_within(const hr_option *option, double value)
{
    return value >= option->minimum && value <= option->maximum;
}

/* The default as " [value]"; "" where there is none. */
static void format_default(const hr_option *option, const void *defaults, char *text, size_t size)
{
    const void *value = (const char *)defaults + option->offset;
    *text = '\0';
    if (option->kind == HR_OPTION_TEXT && *(const char *)value)
        snprintf(text, size, " [%s]", (const char *)value);
    else if (option->kind == HR_OPTION_INT && is_within(option, (double)*(const int64_t *)value))
        snprintf(text, size, " [%" PRId64 "]", *(const int64_t *)value);
    else if (option->kind == HR_OPTION_REAL && is_within(option, *(const double *)value))
        snprintf(text, size, " [%g]", *(const double *)value);
    else if (option->kind == HR_OPTION_CHOICE)
        snprintf(text, size, " [%s]", option->choices[*(const int *)value]);
}

void hr_help_options(hr_help *help, const hr_option *table, const void *defaults)
{
    enum { LONGEST_TERM = 24 };
    for (const hr_option *option = table; option->name; option++) {
        char term[64], value[HR_TEXT_LENGTH + 4], text[2 * HR_TEXT_LENGTH];
        snprintf(term, sizeof term, "--%s%s%s", option->name, option->value ? " " : "",
                 option->value ? option->value : "");
        format_default(option, defaults, value, sizeof value);
        snprintf(text, sizeof text, "%s%s", option->help, value);
        print_item(help, text_column(help, LONGEST_TERM), term, text);
    }
}

void hr_help_command(hr_help *help, const char *command)
{
    if (help->man)
        fputs(".RS 4\n.nf\n", help->out);
    else
        fputs("  ", help->out);
    put(help, command, (int)strlen(command));
    fputs(help->man ? "\n.fi\n.RE\n" : "\n", help->out);
}
