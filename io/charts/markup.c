#include "io/charts/markup.h"

#include "io/base/utf8.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 16000 };

static void put(FILE *out, char c)
{
    static const struct {
        char character;
        const char *name;
    } names[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (c == names[i].character) {
            fputs(names[i].name, out);
            return;
        }
    fputc(c, out);
}

void hr_markup_text(FILE *out, const char *text)
{
    char shown[LONGEST];
    hr_escape(shown, sizeof shown, text, (int64_t)strlen(text));
    for (const char *c = shown; *c; c++)
        put(out, *c);
}
