#include "bench/bench.h"

#include "io/options/help.h"
#include "trainer/simd/isa.h"

#include <string.h>

static const hr_bench_call defaults = {.preset = "ml-1m", .dim = 64, .dataset = ""};

static const hr_option table[] = {
    {"preset", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, offsetof(hr_bench_call, preset), 0, 0, NULL,
     "synthetic data to measure on where no file is given"},
    {"dim", "D", HR_OPTION_INT, HR_OPTION_CALL, offsetof(hr_bench_call, dim), 1, 4096, NULL, "columns"},
    {"dims", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, offsetof(hr_bench_call, dims), 0, 0, NULL,
     "several numbers of columns, such as 64,128 (bench-ials)"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, offsetof(hr_bench_call, json), 0, 0, NULL,
     "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static void print_help(const hr_bench *bench)
{
    char synopsis[HR_TEXT_LENGTH];
    hr_help help = hr_help_terminal(stdout);
    snprintf(synopsis, sizeof synopsis, "%s [--preset NAME | DATA.h5] [options]", bench->name);
    hr_help_begin(&help, &(hr_help_head){bench->name, synopsis, bench->summary});
    hr_help_section(&help, "options [default]");
    hr_help_options(&help, table, &defaults);
    hr_help_section(&help, "example");
    hr_help_command(&help, bench->example);
}

static hr_status run(const hr_comm *comm, int argc, char **argv, const hr_bench *bench, hr_error *err)
{
    hr_bench_call call = defaults;
    hr_command_line line = {0};
    json_t *figures = NULL;
    hr_status status = hr_command_line_read(&line, table, argc, argv, 1, err);
    if (status == HR_OK)
        hr_options_apply(&line, &call);
    if (line.argument_count > 0)
        call.dataset = line.arguments[0];
    const bool help = line.help;
    hr_command_line_free(&line);
    if (status == HR_OK && help) {
        if (comm->rank == 0)
            print_help(bench);
        return HR_OK;
    }
    if (status == HR_OK)
        status = hr_agree(comm, hr_isa_check(err), NULL, err);
    if (status == HR_OK)
        status = bench->measure(comm, &call, &figures, err);
    if (status == HR_OK && comm->rank == 0 && call.json) {
        json_dumpf(figures, stdout, JSON_REAL_PRECISION(6));
        putchar('\n');
    } else if (status == HR_OK && comm->rank == 0) {
        bench->print(figures);
    }
    json_decref(figures);
    return status;
}

int hr_bench_main(int argc, char **argv, const hr_bench *bench)
{
    hr_error err = {""};
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    const hr_comm comm = hr_comm_of(MPI_COMM_WORLD);
    hr_status status = run(&comm, argc, argv, bench, &err);
    status = hr_agree(&comm, status, NULL, &err);
    if (status != HR_OK && comm.rank == 0)
        fprintf(stderr, "%s: %s\n", bench->name, err.text);
    MPI_Finalize();
    return (int)status;
}

double hr_bench_figure(const json_t *figures, const char *key)
{
    return json_number_value(json_object_get(figures, key));
}
