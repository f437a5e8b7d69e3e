#include "bench/scipy.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The users' half of the matrix, as the script reads it: users, movies, edges, cols, then ptr and movies. */
static hr_status write_matrix(const hr_graph *graph, int64_t cols, const char *path, hr_error *err)
{
    const int64_t head[] = {graph->users, graph->movies, graph->edges, cols};
    const size_t rows = (size_t)graph->users + 1, edges = (size_t)graph->edges;
    FILE *file = fopen(path, "wb");
    if (!file)
        return hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno));
    const int written = fwrite(head, sizeof head, 1, file) == 1 &&
                        fwrite(graph->user_ptr, sizeof *graph->user_ptr, rows, file) == rows &&
                        fwrite(graph->user_movie, sizeof *graph->user_movie, edges, file) == edges;
    if (fclose(file) != 0 || !written)
        return hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno));
    return HR_OK;
}

hr_status hr_scipy_seconds(const hr_graph *graph, int64_t cols, double *seconds, hr_error *err)
{
    char path[64], command[1024];
    *seconds = 0.0;
    snprintf(path, sizeof path, "/tmp/halorec-scipy-%ld", (long)getpid());
    snprintf(command, sizeof command, "/usr/bin/python3 '%s' '%s' 2>/dev/null", SCIPY_SCRIPT, path);
    const hr_status status = write_matrix(graph, cols, path, err);
    FILE *script = status == HR_OK ? popen(command, "r") : NULL;
    if (script) {
        if (fscanf(script, "%lf", seconds) != 1)
            *seconds = 0.0;
        pclose(script);
    }
    unlink(path);
    return status;
}
