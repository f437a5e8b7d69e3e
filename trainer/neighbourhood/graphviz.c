#include "trainer/neighbourhood/graphviz.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Runs dot with one argument; what it says of its work is dropped. Returns an error number, or 0. */
static int run_dot(const char *argument, int in, int out, int *exit_code)
{
    pid_t child = 0;
    int code = 0;
    char *arguments[] = {"dot", (char *)argument, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int error = posix_spawnp(&child, "dot", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    while (error == 0 && waitpid(child, &code, 0) < 0)
        error = errno == EINTR ? 0 : errno;
    *exit_code = WIFEXITED(code) ? WEXITSTATUS(code) : 1;
    return error;
}

hr_status hr_graphviz_check(hr_error *err)
{
    int exit_code = 0;
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0)
        return hr_fail(err, HR_IO, "/dev/null: cannot be opened: %s", strerror(errno));
    const int error = run_dot("-V", nothing, nothing, &exit_code);
    close(nothing);
    if (error == 0 && exit_code == 0)
        return HR_OK;
    return hr_fail(
        err, HR_USAGE,
        "--out FILE.svg needs dot of Graphviz, which is not installed (apt-get install graphviz); .dot, "
        ".graphml and .json need nothing");
}

hr_status hr_graphviz_draw(FILE *graph, FILE *out, const char *path, hr_error *err)
{
    int exit_code = 0;
    if (fflush(graph) != 0 || fseek(graph, 0, SEEK_SET) != 0)
        return hr_fail(err, HR_IO, "the graph for dot cannot be written: %s", strerror(errno));
    const int error = run_dot("-Tsvg", fileno(graph), fileno(out), &exit_code);
    if (error == ENOENT)
        return hr_fail(err, HR_USAGE, "pictures need dot of Graphviz, which is not installed");
    if (error != 0)
        return hr_fail(err, HR_IO, "dot cannot be started: %s", strerror(error));
    if (exit_code != 0)
        return hr_fail(err, HR_IO, "%s: dot failed with exit code %d", path, exit_code);
    return HR_OK;
}
