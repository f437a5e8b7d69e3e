/* libFuzzer: any bytes as a table of ratings. Whatever they are, reading them ends with ratings or with one message, and
 * the same ratings come of one share and of several where no line is bad. The first byte chooses options. */
#include "io/formats/open.h"
#include "tests/fuzz/rating_sum.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1;
    static char path[64];
    hr_error err = {""};
    hr_source *source = NULL;
    if (file < 0) {
        file = memfd_create("table", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    if (size == 0 || ftruncate(file, 0) != 0 || pwrite(file, data + 1, size - 1, 0) != (ssize_t)(size - 1))
        return 0;
    const hr_source_options options = {.format = "table",
                                       .max_bad = data[0] & 1 ? 1000000 : 0,
                                       .no_header = data[0] & 2,
                                       .implicit = data[0] & 4,
                                       .scale = data[0] & 8 ? "1:5" : NULL,
                                       .separator = data[0] & 16 ? "|" : NULL};
    if (succeeds(hr_source_open(&source, path, &options, &err), &err))
        compare_shares(source, 2 + data[0] % 5);
    hr_source_close(source);
    return 0;
}
