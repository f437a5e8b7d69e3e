#include "io/base/memory.h"
#include "trainer/cli/command_help.h"
#include "trainer/cli/threads.h"
#include "trainer/simd/isa.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* To the terminal, by rank 0. Of the program where `command` is NULL. */
static void print_help(const hr_comm *comm, const hr_command *command)
{
    hr_help help = hr_help_terminal(stdout);
    if (comm->rank != 0)
        return;
    if (command)
        hr_command_help(&help, command);
    else
        hr_program_help(&help);
}

static hr_status find_command(const char *name, const hr_command **command, hr_error *err)
{
    if (!name)
        return hr_fail(err, HR_USAGE, "no command given; halorec --help lists them");
    for (int i = 0; hr_commands[i]; i++)
        if (strcmp(hr_commands[i]->name, name) == 0) {
            *command = hr_commands[i];
            return HR_OK;
        }
    return hr_fail(err, HR_USAGE, "%s: no such command; halorec --help lists them", name);
}

/* Options over the command's defaults. */
static hr_status read_call(const hr_command *command, int argc, char **argv, hr_call *call, hr_error *err)
{
    const hr_status status =
        hr_command_line_read(&call->line, command->table, argc, argv, command->wants, err);
    if (status != HR_OK)
        return status;
    if (!call->line.help && call->line.argument_count < command->wants)
        return hr_fail(err, HR_USAGE, "halorec %s needs %s; see halorec %s --help", command->name,
                       command->arguments, command->name);
    call->options = hr_alloc(1, command->size);
    if (!call->options)
        return hr_fail_memory(err, 1, command->size, "the options");
    memcpy(call->options, command->defaults, command->size);
    hr_options_apply(&call->line, call->options);
    call->arguments = call->line.arguments;
    return HR_OK;
}

/* argv starts with the command's name. */
static hr_status run_command(const hr_comm *comm, const hr_command *command, int argc, char **argv,
                             hr_error *err)
{
    hr_call call = {.options = NULL};
    hr_status status = read_call(command, argc, argv, &call, err);
    if (status == HR_OK && call.line.help)
        print_help(comm, command);
    else if (status == HR_OK && !call.line.help && (command->collective || comm->rank == 0))
        status = command->run(comm, &call, err);
    free(call.options);
    hr_command_line_free(&call.line);
    return status;
}

/* Output that cannot be written is an error like any other. */
static hr_status flush_output(hr_error *err)
{
    if (fflush(stdout) == 0)
        return HR_OK;
    return hr_fail(err, HR_IO, "standard output cannot be written: %s", strerror(errno));
}

static bool asks_help(const char *word)
{
    return word && (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0);
}

/* help, help COMMAND. */
static hr_status run_help(const hr_comm *comm, const char *name, hr_error *err)
{
    const hr_command *command = NULL;
    const hr_status status = name ? find_command(name, &command, err) : HR_OK;
    if (status == HR_OK)
        print_help(comm, command);
    return status;
}

/* And the instruction sets of rank 0. */
static void print_version(const hr_comm *comm)
{
    char built[HR_ISA_NAMES], found[HR_ISA_NAMES];
    if (comm->rank != 0)
        return;
    hr_isa_list(built, false);
    hr_isa_list(found, true);
    printf("halorec %s\ninstruction sets built: %s\nof this processor: %s\nin use: %s\n", HR_VERSION, built,
           found, hr_isa_name(hr_isa_chosen()));
}

static hr_status run(const hr_comm *comm, int argc, char **argv, hr_error *err)
{
    const hr_command *command = NULL;
    const char *first = argc > 1 ? argv[1] : NULL;
    hr_status status = hr_agree(comm, hr_isa_check(err), NULL, err);
    if (status != HR_OK)
        return status;
    if (asks_help(first)) {
        status = run_help(comm, argc > 2 ? argv[2] : NULL, err);
    } else if (argc == 2 && strcmp(first, "--version") == 0) {
        print_version(comm);
    } else {
        status = find_command(first, &command, err);
        if (status == HR_OK)
            status = run_command(comm, command, argc - 1, argv + 1, err);
    }
    return status == HR_OK ? flush_output(err) : status;
}

int main(int argc, char **argv)
{
    hr_error err = {""};
    int provided = 0, failed_rank = 0;
    MPI_Comm world;
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is then an error of the write, with a message */
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_dup(MPI_COMM_WORLD, &world);
    MPI_Comm_set_errhandler(world, MPI_ERRORS_RETURN);
    const hr_comm comm = hr_comm_of(world);
    hr_threads_share(&comm);
    hr_status status = run(&comm, argc, argv, &err);
    if (status != HR_COMM)
        status = hr_agree(&comm, status, &failed_rank, &err);
    if (status == HR_COMM) { /* not all ranks are there to agree */
        fprintf(stderr, "halorec: rank %d: %s\n", comm.rank, err.text);
        MPI_Abort(world, HR_COMM);
    }
    if (status != HR_OK && comm.rank == failed_rank)
        fprintf(stderr, "halorec: %s\n", err.text);
    MPI_Comm_free(&world);
    MPI_Finalize();
    return (int)status;
}
