#include "trainer/serve/training/run_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOWER_PRIORITY = 10 };

extern char **environ;

/* What a launcher said to the server is not said to the run, which is a process alone. */
static bool of_launcher(const char *variable)
{
    static const char *const prefix[] = {"OMPI_COMM_WORLD_", "PMIX_", "PMI_"};
    for (size_t i = 0; i < sizeof prefix / sizeof *prefix; i++)
        if (strncmp(variable, prefix[i], strlen(prefix[i])) == 0)
            return true;
    return false;
}

/* The environment without them; its texts stay those of environ. NULL for want of memory. */
static char **own_environment(void)
{
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **own = calloc(count + 1, sizeof *own);
    for (size_t i = 0; own && i < count; i++)
        if (!of_launcher(environ[i]))
            own[kept++] = environ[i];
    return own;
}

static void set_files(posix_spawn_file_actions_t *actions, const char *output)
{
    posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_EXCL, 0666);
    posix_spawn_file_actions_adddup2(actions, STDOUT_FILENO, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
}

static void set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setflags(attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

hr_status hr_run_process_start(char *const *arguments, const char *output, pid_t *process, hr_error *err)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char **environment = own_environment();
    if (!environment)
        return hr_fail(err, HR_MEMORY, "out of memory: no room for an environment");
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    set_files(&actions, output);
    set_signals(&attributes);
    const int error = posix_spawn(process, "/proc/self/exe", &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    free(environment);
    if (error != 0)
        return hr_fail(err, HR_IO, "%s: a run cannot be started: %s", output, strerror(error));
    setpriority(PRIO_PROCESS, (id_t)*process, LOWER_PRIORITY);
    return HR_OK;
}

void hr_run_process_wait(pid_t process)
{
    siginfo_t info;
    while (waitid(P_PID, (id_t)process, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
}

int hr_run_process_take(pid_t process)
{
    int status = 0;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return 128;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
