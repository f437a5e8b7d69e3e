#include "trainer/completion/shell_completion.h"

#include "trainer/models/model.h"

#include <string.h>

/* The words of an option that is a text and yet one of a table. */
static bool names_a_model(const hr_option *option)
{
    return option->kind == HR_OPTION_TEXT && strcmp(option->name, "model") == 0;
}

hr_value_kind hr_value_kind_of(const hr_option *option)
{
    static const char *const files[] = {"FILE", "DIR", "PATH"};
    if (!option->value)
        return HR_VALUE_NONE;
    if (option->kind == HR_OPTION_CHOICE || names_a_model(option))
        return HR_VALUE_WORDS;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strstr(option->value, files[i]))
            return HR_VALUE_FILES;
    return HR_VALUE_ANY;
}

void hr_value_words(const hr_option *option, FILE *out)
{
    for (int i = 0; names_a_model(option) && hr_models[i]; i++)
        fprintf(out, "%s%s", i ? " " : "", hr_models[i]->name);
    for (int i = 0; option->choices && option->choices[i]; i++)
        fprintf(out, "%s%s", i ? " " : "", option->choices[i]);
}

void hr_completion_short(const char *help, FILE *out)
{
    enum { LONGEST = 72 };
    for (int i = 0; help[i] && help[i] != ';' && (i < LONGEST || help[i] != ' '); i++)
        if (help[i] == ':')
            fputs(" -", out);
        else if (!strchr("'\"[]\\$`", help[i]))
            fputc(help[i], out);
}

void hr_completion_commands(const hr_command *const *commands, FILE *out)
{
    for (int i = 0; commands[i]; i++)
        fprintf(out, "%s ", commands[i]->name);
    fputs("help", out);
}
