/* The subcommands of halorec. */
#ifndef HR_TRAINER_COMMANDS_COMMANDS_H
#define HR_TRAINER_COMMANDS_COMMANDS_H

#include "io/options/command.h"

extern const hr_command hr_command_import, hr_command_synth, hr_command_partition, hr_command_scaling,
    hr_command_train, hr_command_extend, hr_command_evaluate, hr_command_recommend, hr_command_explain,
    hr_command_graph, hr_command_top, hr_command_export, hr_command_info, hr_command_stats, hr_command_report,
    hr_command_watch, hr_command_completion, hr_command_similar, hr_command_tags, hr_command_serve,
    hr_command_compare, hr_command_update;

/* All of them, in the order of use, ending with a NULL. */
extern const hr_command *const hr_commands[];

#endif
