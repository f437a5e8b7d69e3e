#include "io/charts/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Runs gnuplot on a script, both as open files. Returns an error number, or 0. */
static int run_gnuplot(const char *argument, int script, int out, int *exit_code)
{
    pid_t child = 0;
    int code = 0;
    char *arguments[] = {"gnuplot", (char *)(argument ? argument : NULL), NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, script, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    int error = posix_spawnp(&child, "gnuplot", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    while (error == 0 && waitpid(child, &code, 0) < 0)
        error = errno == EINTR ? 0 : errno;
    *exit_code = WIFEXITED(code) ? WEXITSTATUS(code) : 1;
    return error;
}

hr_status hr_gnuplot_check(const char *what, hr_error *err)
{
    int exit_code = 0;
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0)
        return hr_fail(err, HR_IO, "/dev/null: cannot be opened: %s", strerror(errno));
    const int error = run_gnuplot("--version", nothing, nothing, &exit_code);
    close(nothing);
    if (error == 0 && exit_code == 0)
        return HR_OK;
    return hr_fail(err, HR_USAGE,
                   "%s needs gnuplot, which is not installed: apt-get install gnuplot-nox", what);
}

hr_status hr_gnuplot_draw(FILE *script, int out, const char *path, hr_error *err)
{
    int exit_code = 0;
    if (fflush(script) != 0 || fseek(script, 0, SEEK_SET) != 0)
        return hr_fail(err, HR_IO, "the script for gnuplot cannot be written: %s", strerror(errno));
    const int error = run_gnuplot(NULL, fileno(script), out, &exit_code);
    if (error != 0)
        return hr_fail(err, HR_IO, "gnuplot cannot be started: %s", strerror(error));
    if (exit_code != 0)
        return hr_fail(err, HR_IO, "%s: gnuplot failed with exit code %d", path, exit_code);
    return HR_OK;
}
