/* The help of halorec and of its commands, for a terminal and as man pages. */
#ifndef HR_TRAINER_COMMANDS_COMMAND_HELP_H
#define HR_TRAINER_COMMANDS_COMMAND_HELP_H

#include "trainer/commands/commands.h"

/* Of the program: its commands and exit codes. */
void hr_program_help(hr_help *help);

/* Of a command: what it does, its options, an example. */
void hr_command_help(hr_help *help, const hr_command *command);

#endif
