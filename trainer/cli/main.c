#include "io/base/memory.h"
#include "io/comm/launch.h"
#include "io/options/colours.h"
#include "io/options/spelling.h"
#include "trainer/cli/command_help.h"
#include "trainer/cli/threads.h"
#include "trainer/simd/isa.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* What the command line asks for. */
typedef struct request {
    enum { ASKS_COMMAND, ASKS_HELP, ASKS_VERSION } kind;
    const hr_command *command; /* help of the program where NULL */
    hr_call call;
} request;

static hr_status find_command(const char *name, const hr_command **command, hr_error *err)
{
    if (!name)
        return hr_fail(err, HR_USAGE, "no command given; halorec --help lists them");
    for (int i = 0; hr_commands[i]; i++)
        if (strcmp(hr_commands[i]->name, name) == 0) {
            *command = hr_commands[i];
            return HR_OK;
        }
    hr_nearest nearest = hr_nearest_to(name, (int)strlen(name));
    for (int i = 0; hr_commands[i]; i++)
        hr_nearest_offer(&nearest, hr_commands[i]->name);
    if (nearest.word)
        return hr_fail(err, HR_USAGE, "%s: no such command; did you mean %s? halorec --help lists them", name,
                       nearest.word);
    return hr_fail(err, HR_USAGE, "%s: no such command; halorec --help lists them", name);
}

/* Options over the command's defaults. argv starts with the command's name. */
static hr_status read_call(const hr_command *command, int argc, char **argv, hr_call *call, hr_error *err)
{
    const int most = command->most > command->wants ? command->most : command->wants;
    const hr_status status = hr_command_line_read(&call->line, command->table, argc, argv, most, err);
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

static bool asks_help(const char *word)
{
    return word && (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0);
}

/* Free with request_free in any case. */
static hr_status read_request(request *r, int argc, char **argv, hr_error *err)
{
    const char *first = argc > 1 ? argv[1] : NULL;
    hr_status status = hr_isa_check(err);
    if (status != HR_OK)
        return status;
    if (asks_help(first)) { /* help, help COMMAND */
        r->kind = ASKS_HELP;
        return argc > 2 ? find_command(argv[2], &r->command, err) : HR_OK;
    }
    if (argc == 2 && strcmp(first, "--version") == 0) {
        r->kind = ASKS_VERSION;
        return HR_OK;
    }
    HR_TRY(find_command(first, &r->command, err));
    HR_TRY(read_call(r->command, argc - 1, argv + 1, &r->call, err));
    if (r->call.line.help)
        r->kind = ASKS_HELP;
done:
    return status;
}

static void request_free(request *r)
{
    free(r->call.options);
    hr_command_line_free(&r->call.line);
}

/* To the terminal. */
static void print_help(const hr_command *command)
{
    hr_help help = hr_help_terminal(stdout);
    if (command)
        hr_command_help(&help, command);
    else
        hr_program_help(&help);
}

/* And the instruction sets of this processor. */
static void print_version(void)
{
    char built[HR_ISA_NAMES], found[HR_ISA_NAMES];
    hr_isa_list(built, false);
    hr_isa_list(found, true);
    printf("halorec %s\ninstruction sets built: %s\nof this processor: %s\nin use: %s\n", HR_VERSION, built,
           found, hr_isa_name(hr_isa_chosen()));
}

/* Output that cannot be written is an error like any other. */
static hr_status flush_output(hr_error *err)
{
    if (fflush(stdout) == 0)
        return HR_OK;
    return hr_fail(err, HR_IO, "standard output cannot be written: %s", strerror(errno));
}

/* Help and version, by the first process alone: none of them needs another. */
static hr_status explain(const request *r, const hr_launch *launch, hr_error *err)
{
    if (launch->rank != 0)
        return HR_OK;
    if (r->kind == ASKS_HELP)
        print_help(r->command);
    else
        print_version();
    return flush_output(err);
}

static hr_status run_command(const request *r, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    if (r->command->collective || comm->rank == 0)
        status = r->command->run(comm, &r->call, err);
    return status == HR_OK ? flush_output(err) : status;
}

/* The message of an error, the one that all others are silent for. */
static void print_error(const hr_error *err)
{
    const bool colours = hr_has_colours(stderr);
    fprintf(stderr, "%shalorec:%s %s\n", hr_colour_code(colours, HR_RED), hr_colour_code(colours, HR_PLAIN),
            err->text);
}

/* All ranks leave with the worst status, which they agree on, and one message. */
static hr_status agree_and_say(const hr_comm *comm, hr_status status, hr_error *err)
{
    int failed_rank = 0;
    if (status != HR_COMM)
        status = hr_agree(comm, status, &failed_rank, err);
    if (status == HR_COMM) { /* not all ranks are there to agree */
        fprintf(stderr, "halorec: rank %d: %s\n", comm->rank, err->text);
        hr_comm_abort(comm, HR_COMM);
    }
    if (status != HR_OK && comm->rank == failed_rank)
        print_error(err);
    return status;
}

/* Processes that MPI does not join cannot agree: the first one says it, and the others leave after it, lest
 * their launcher end it before. */
static void say_alone(const hr_launch *launch, const hr_error *err)
{
    if (launch->rank == 0)
        print_error(err);
    else
        nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
}

/* Starts MPI where several processes were started or the command wants it, and runs the command if its line
 * was `read` well. */
static hr_status start_and_run(const request *r, hr_status read, const hr_launch *launch, hr_error *err)
{
    hr_comm comm;
    hr_error apart = {""};
    hr_status status = hr_comm_start(&comm, launch, read == HR_OK && r->command->wants_mpi, &apart);
    if (status != HR_OK) {
        say_alone(launch, &apart);
    } else {
        hr_threads_share(&comm);
        status = hr_agree(&comm, read, NULL, err);
        if (status == HR_OK)
            status = run_command(r, &comm, err);
        status = agree_and_say(&comm, status, err);
    }
    hr_comm_end(&comm);
    return status;
}

int main(int argc, char **argv)
{
    hr_error err = {""};
    request r = {.command = NULL};
    const hr_launch launch = hr_launch_of_environment();
    const hr_comm alone = hr_comm_alone();
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is then an error of the write, with a message */
    hr_status status = read_request(&r, argc, argv, &err);
    if (status == HR_OK && r.kind != ASKS_COMMAND)
        status = agree_and_say(&alone, explain(&r, &launch, &err), &err);
    else
        status = start_and_run(&r, status, &launch, &err);
    request_free(&r);
    return (int)status;
}
