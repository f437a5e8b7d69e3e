/* libFuzzer: any bytes as a file of lines that commands of a trained model read: movies that a newcomer rates, movies to keep to, a
 * run's log. Whatever they are, reading them ends with movies of the dataset or with one message. The first byte chooses the
 * reader.
 *
 * HALOREC_FUZZ_FILES names a folder with data.h5, which run.sh makes. */
#include "tests/fuzz/input.h"
#include "trainer/catalogue/movie_file.h"
#include "trainer/history/history.h"
#include "trainer/lists/newcomer.h"

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

static hr_catalogue catalogue;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    char path[1024];
    hr_error err = {""};
    const hr_comm alone = hr_comm_alone();
    (void)argc, (void)argv;
    snprintf(path, sizeof path, "%s/data.h5", getenv("HALOREC_FUZZ_FILES"));
    need(hr_catalogue_read(&catalogue, &alone, path, &err) == HR_OK, "the sound dataset is read");
    return 0;
}

static void read_newcomer(const char *path)
{
    hr_error err = {""};
    hr_newcomer newcomer = {0};
    if (succeeds(hr_newcomer_read(&newcomer, &catalogue, path, &err), &err))
        for (int64_t i = 0; i < newcomer.count; i++)
            need(newcomer.movie[i].movie >= 0 && newcomer.movie[i].movie < catalogue.movies &&
                     isfinite(newcomer.movie[i].rating),
                 "a newcomer rates movies that are there");
    hr_newcomer_free(&newcomer);
}

static void read_movies(const char *path)
{
    hr_error err = {""};
    uint8_t *listed = calloc((size_t)catalogue.movies, 1);
    int64_t count = 0;
    if (succeeds(hr_movie_file_read(listed, &catalogue, path, &err), &err)) {
        for (int64_t m = 0; m < catalogue.movies; m++)
            count += listed[m];
        need(count > 0, "a file names a movie");
    }
    free(listed);
}

static void read_log(const char *path)
{
    hr_error err = {""};
    bool highest = false;
    hr_history history = {0};
    if (succeeds(hr_history_read(&history, path, &err), &err)) {
        need(history.columns >= 0 && history.columns <= HR_HISTORY_COLUMNS, "columns fit");
        const char *figure = hr_history_figure(&history, &highest);
        if (figure)
            need(hr_history_best(&history, figure, highest) < history.lines, "the best line is one");
        need(!(hr_history_total(&history, "elapsed") < 0.0) || history.lines > 0, "no lines take no time");
    }
    hr_history_free(&history);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(const char *) = {read_newcomer, read_movies, read_log};
    enum { READERS = sizeof readers / sizeof *readers };
    static int file = -1;
    char path[64];
    if (size == 0)
        return 0;
    if (file < 0)
        file = memfd_create("fuzz", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    need(ftruncate(file, 0) == 0 && pwrite(file, data + 1, size - 1, 0) == (ssize_t)(size - 1), "a file");
    readers[data[0] % READERS](path);
    return 0;
}
