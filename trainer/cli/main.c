#include "io/base/memory.h"
#include "trainer/cli/command.h"
#include "trainer/cli/threads.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const hr_command *const commands[] = {
    &hr_command_import, &hr_command_synth,    &hr_command_partition, &hr_command_scaling, &hr_command_train,
    &hr_command_extend, &hr_command_evaluate, &hr_command_recommend, &hr_command_info,    NULL};

static void print_overview(FILE *out)
{
    fputs("halorec " HR_VERSION
          ": distributed trainer of graph recommenders\n\n"
          "usage: [mpirun -n N] halorec COMMAND …\n\n",
          out);
    for (int i = 0; commands[i]; i++)
        fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    fputs(
        "\nhalorec COMMAND --help tells more of one. Only train and evaluate use more than one rank.\n"
        "exit codes: 0 done, 2 wrong option or argument, 3 wrong content of a file, 4 the system refused\n"
        "(no such file, disk full), 5 out of memory, 6 another rank was lost, 75 stopped by SIGTERM or "
        "SIGUSR1\n"
        "after writing a checkpoint: start it again with --resume auto\n",
        out);
}

static void print_help(const hr_command *command)
{
    printf("usage: %shalorec %s %s [options]\n\n%s.\n", command->collective ? "[mpirun -n N] " : "",
           command->name, command->arguments, command->summary);
    if (command->print_more)
        command->print_more(stdout);
    printf("%s\noptions [default]:\n", command->details);
    hr_options_print_help(command->table, command->defaults, stdout);
    printf("\nexample:\n  %s\n", command->example);
}

static hr_status find_command(int argc, char **argv, const hr_command **command, hr_error *err)
{
    if (argc < 2)
        return hr_fail(err, HR_USAGE, "no command given; halorec --help lists them");
    for (int i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, argv[1]) == 0) {
            *command = commands[i];
            return HR_OK;
        }
    return hr_fail(err, HR_USAGE, "%s: no such command; halorec --help lists them", argv[1]);
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
    if (status == HR_OK && call.line.help && comm->rank == 0)
        print_help(command);
    else if (status == HR_OK && !call.line.help && (command->collective || comm->rank == 0))
        status = command->run(comm, &call, err);
    free(call.options);
    hr_command_line_free(&call.line);
    return status;
}

/* Output that did not reach its file is an error like any other. */
static hr_status flush_output(hr_error *err)
{
    if (fflush(stdout) == 0)
        return HR_OK;
    return hr_fail(err, HR_IO, "standard output cannot be written: %s", strerror(errno));
}

static hr_status run(const hr_comm *comm, int argc, char **argv, hr_error *err)
{
    const hr_command *command = NULL;
    const bool asks_help = argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    const bool asks_version = argc == 2 && strcmp(argv[1], "--version") == 0;
    hr_status status = HR_OK;
    if (asks_help && comm->rank == 0)
        print_overview(stdout);
    else if (asks_version && comm->rank == 0)
        puts("halorec " HR_VERSION);
    else if (!asks_help && !asks_version)
        status = find_command(argc, argv, &command, err);
    if (command)
        status = run_command(comm, command, argc - 1, argv + 1, err);
    if (status == HR_OK)
        status = flush_output(err);
    return status;
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
    if (status == HR_COMM) { /* nobody is left to agree with */
        fprintf(stderr, "halorec: rank %d: %s\n", comm.rank, err.text);
        MPI_Abort(world, HR_COMM);
    }
    if (status != HR_OK && comm.rank == failed_rank)
        fprintf(stderr, "halorec: %s\n", err.text);
    MPI_Comm_free(&world);
    MPI_Finalize();
    return (int)status;
}
