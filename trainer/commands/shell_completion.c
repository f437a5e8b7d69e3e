#include "trainer/commands/shell_completion.h"

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

/* The first thought of a help text, in single quotes of a shell: without quotes and other signs that a shell or a
 * completion reads. */
static void put_short(const char *help, FILE *out)
{
    enum { LONGEST = 72 };
    for (int i = 0; help[i] && help[i] != ';' && (i < LONGEST || help[i] != ' '); i++)
        if (help[i] == ':')
            fputs(" -", out);
        else if (!strchr("'\"[]\\$`", help[i]))
            fputc(help[i], out);
}

static void list_commands(const hr_command *const *commands, FILE *out)
{
    for (int i = 0; commands[i]; i++)
        fprintf(out, "%s ", commands[i]->name);
    fputs("help", out);
}

static void bash_values(const hr_command *command, FILE *out)
{
    for (const hr_option *o = command->table; o->name; o++) {
        const hr_value_kind kind = hr_value_kind_of(o);
        if (kind == HR_VALUE_NONE)
            continue;
        fprintf(out, "    %s,--%s) ", command->name, o->name);
        if (kind == HR_VALUE_WORDS) {
            fputs("COMPREPLY=($(compgen -W \"", out);
            hr_value_words(o, out);
            fputs("\" -- \"$word\")); return ;;\n", out);
        } else {
            fputs(kind == HR_VALUE_FILES ? "COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
                                         : "return ;;\n",
                  out);
        }
    }
}

static void bash_options(const hr_command *command, FILE *out)
{
    fprintf(out, "        %s) COMPREPLY=($(compgen -W \"", command->name);
    for (const hr_option *o = command->table; o->name; o++)
        fprintf(out, "--%s ", o->name);
    fputs("\" -- \"$word\")) ;;\n", out);
}

void hr_completion_bash(const hr_command *const *commands, FILE *out)
{
    fputs("# bash completion of halorec " HR_VERSION
          ": halorec completion bash\n"
          "_halorec() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i\n"
          "    COMPREPLY=()\n"
          "    [ \"$word\" != = ] || word=\n"
          "    [ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    for ((i = 1; i < COMP_CWORD && ${#command} == 0; i++)); do\n"
          "        [[ ${COMP_WORDS[i]} == -* ]] || command=${COMP_WORDS[i]}\n"
          "    done\n"
          "    case $command in\n"
          "    \"\" | help) COMPREPLY=($(compgen -W \"",
          out);
    list_commands(commands, out);
    fputs(" --help --version\" -- \"$word\")); return ;;\n    esac\n    case $command,$before in\n", out);
    for (int i = 0; commands[i]; i++)
        bash_values(commands[i], out);
    fputs("    esac\n    if [[ $word == -* ]]; then\n        case $command in\n", out);
    for (int i = 0; commands[i]; i++)
        bash_options(commands[i], out);
    fputs(
        "        esac\n    else\n        COMPREPLY=($(compgen -f -- \"$word\"))\n    fi\n}\n"
        "complete -o filenames -F _halorec halorec\n",
        out);
}

static void zsh_option(const hr_option *o, FILE *out)
{
    const hr_value_kind kind = hr_value_kind_of(o);
    fprintf(out, " \\\n            '--%s%s[", o->name, kind == HR_VALUE_NONE ? "" : "=");
    put_short(o->help, out);
    fputc(']', out);
    if (kind != HR_VALUE_NONE) {
        fputc(':', out);
        put_short(o->value, out);
        fputc(':', out);
    }
    if (kind == HR_VALUE_FILES)
        fputs("_files", out);
    if (kind == HR_VALUE_WORDS) {
        fputc('(', out);
        hr_value_words(o, out);
        fputc(')', out);
    }
    fputc('\'', out);
}

void hr_completion_zsh(const hr_command *const *commands, FILE *out)
{
    fputs("#compdef halorec\n# zsh completion of halorec " HR_VERSION
          ": halorec completion zsh\n"
          "_halorec() {\n    local -a commands\n    commands=(",
          out);
    for (int i = 0; commands[i]; i++) {
        fprintf(out, "\n        '%s:", commands[i]->name);
        put_short(commands[i]->summary, out);
        fputc('\'', out);
    }
    fputs(
        "\n        'help:explains a command'\n    )\n"
        "    if ((CURRENT == 2)) || [[ $words[2] == help ]]; then\n        _describe command commands\n      "
        "  return\n"
        "    fi\n    local command=$words[2]\n    shift words\n    ((CURRENT--))\n    case $command in\n",
        out);
    for (int i = 0; commands[i]; i++) {
        fprintf(out, "    %s)\n        _arguments -S", commands[i]->name);
        for (const hr_option *o = commands[i]->table; o->name; o++)
            zsh_option(o, out);
        fputs(" \\\n            '*:file:_files' ;;\n", out);
    }
    fputs(
        "    esac\n}\nif [ \"$funcstack[1]\" = _halorec ]; then\n    _halorec \"$@\"\nelse\n    compdef "
        "_halorec halorec\nfi\n",
        out);
}

static void fish_option(const hr_command *command, const hr_option *o, FILE *out)
{
    const hr_value_kind kind = hr_value_kind_of(o);
    fprintf(out, "complete -c halorec -n '__fish_seen_subcommand_from %s' -l %s", command->name, o->name);
    if (kind == HR_VALUE_FILES)
        fputs(" -r -F", out);
    else if (kind != HR_VALUE_NONE)
        fputs(" -x", out);
    if (kind == HR_VALUE_WORDS) {
        fputs(" -a '", out);
        hr_value_words(o, out);
        fputc('\'', out);
    }
    fputs(" -d '", out);
    put_short(o->help, out);
    fputs("'\n", out);
}

void hr_completion_fish(const hr_command *const *commands, FILE *out)
{
    fputs("# fish completion of halorec " HR_VERSION ": halorec completion fish\n", out);
    for (int i = 0; commands[i]; i++) {
        fprintf(out, "complete -c halorec -n __fish_use_subcommand -f -a %s -d '", commands[i]->name);
        put_short(commands[i]->summary, out);
        fputs("'\n", out);
        for (const hr_option *o = commands[i]->table; o->name; o++)
            fish_option(commands[i], o, out);
    }
    fputs("complete -c halorec -n '__fish_seen_subcommand_from help' -f -a '", out);
    list_commands(commands, out);
    fputs("'\n", out);
}
