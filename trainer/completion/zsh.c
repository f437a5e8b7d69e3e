#include "trainer/completion/shell_completion.h"

static void zsh_option(const hr_option *o, FILE *out)
{
    const hr_value_kind kind = hr_value_kind_of(o);
    fprintf(out, " \\\n            '--%s%s[", o->name, kind == HR_VALUE_NONE ? "" : "=");
    hr_completion_short(o->help, out);
    fputc(']', out);
    if (kind != HR_VALUE_NONE) {
        fputc(':', out);
        hr_completion_short(o->value, out);
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
        hr_completion_short(commands[i]->summary, out);
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
