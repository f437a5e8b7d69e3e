#include "tests/support/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/halorec-test-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *place)
{
    (void)about;
    (void)type;
    (void)place;
    return remove(path);
}

int remove_tree(const char *path)
{
    return nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int remove_folder(void **state)
{
    (void)state;
    return remove_tree(folder);
}

const char *in_folder(const char *name)
{
    static char buffer[4][256];
    static int next = 0;
    next = (next + 1) % 4;
    snprintf(buffer[next], sizeof buffer[next], "%s/%s", folder, name);
    return buffer[next];
}

const char *write_file(const char *name, const char *text)
{
    const char *path = in_folder(name);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
    return path;
}

void cut_file(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 || truncate(path, about.st_size / 2) != 0)
        abort();
}
