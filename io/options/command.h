/* A subcommand of halorec: its options, its words for --help, and what it does. */
#ifndef HR_IO_OPTIONS_COMMAND_H
#define HR_IO_OPTIONS_COMMAND_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/options/help.h"
#include "io/options/options.h"

#include <stdbool.h>

/* One call of a command. */
typedef struct hr_call {
    hr_command_line line;         /* as given, with `wants` arguments */
    void *options;                /* the command's options struct: its defaults, and the line over them */
    const char *const *arguments; /* those of the line */
} hr_call;

typedef struct hr_command {
    const char *name;
    const char *arguments;           /* as the usage line shows them */
    const char *summary;             /* a sentence without its full stop */
    void (*describe)(hr_help *help); /* what --help says after the summary; NULL: nothing */
    const char *example;             /* a command that works */
    int wants;                       /* number of arguments */
    int most;                        /* how many it takes, where that is more */
    const hr_option *table;
    const void *defaults; /* an options struct of `size` bytes */
    size_t size;
    bool collective; /* whether all ranks run it; else rank 0 alone */
    bool wants_mpi;  /* whether it calls MPI, not just io/comm, on one rank too (io/comm/launch.h) */
    hr_status (*run)(const hr_comm *comm, const hr_call *call, hr_error *err);
} hr_command;

#endif
