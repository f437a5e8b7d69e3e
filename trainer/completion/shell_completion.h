/* Scripts by which shells complete the command line of halorec, made of the tables of its commands. */
#ifndef HR_TRAINER_COMPLETION_SHELL_COMPLETION_H
#define HR_TRAINER_COMPLETION_SHELL_COMPLETION_H

#include "io/options/command.h"

#include <stdio.h>

/* Write a script for the shell: commands with their summaries, options of each, the words that an option takes, and file
 * names elsewhere.
 *   commands  ending with a NULL */
void hr_completion_bash(const hr_command *const *commands, FILE *out);
void hr_completion_zsh(const hr_command *const *commands, FILE *out);
void hr_completion_fish(const hr_command *const *commands, FILE *out);

/* What an option's value is completed by. */
typedef enum hr_value_kind { HR_VALUE_NONE, HR_VALUE_WORDS, HR_VALUE_FILES, HR_VALUE_ANY } hr_value_kind;
hr_value_kind hr_value_kind_of(const hr_option *option);

/* Writes the words of HR_VALUE_WORDS, blanks between them. */
void hr_value_words(const hr_option *option, FILE *out);

/* Writes the first thought of a help text, for single quotes of a shell: without quotes and other signs that a shell or a
 * completion reads. */
void hr_completion_short(const char *help, FILE *out);

/* Writes the names of all commands and "help", blanks between them. */
void hr_completion_commands(const hr_command *const *commands, FILE *out);

#endif
