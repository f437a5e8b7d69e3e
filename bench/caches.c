#include "bench/caches.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { KILO = 1024, MEGA = 1024 * 1024 };

const char *const hr_level_names[HR_LEVELS] = {"l1", "l2", "l3", "memory"};

/* The first word of a file of a processor's cache; false where there is no such file. */
static bool read_word(int cpu, int index, const char *name, char word[32])
{
    char path[128];
    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d/cache/index%d/%s", cpu, index, name);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    const bool found = fscanf(file, "%31s", word) == 1;
    fclose(file);
    return found;
}

/* Adds a cache that holds data: one core's, or each third one, which its first processor stands for. */
static void add_cache(hr_caches *caches, int cpu, int index)
{
    char level[32] = "", type[32] = "", size[32] = "", shared[32] = "";
    int number = 0, first = 0;
    long long kilobytes = 0;
    if (!read_word(cpu, index, "level", level) || !read_word(cpu, index, "type", type) ||
        !read_word(cpu, index, "size", size) || !read_word(cpu, index, "shared_cpu_list", shared))
        return;
    if (strcmp(type, "Instruction") == 0 || sscanf(level, "%d", &number) != 1 || number < 1 || number > 3 ||
        sscanf(size, "%lldK", &kilobytes) != 1 || sscanf(shared, "%d", &first) != 1)
        return;
    if (number == 3 && first == cpu)
        caches->bytes[HR_L3] += kilobytes * KILO;
    else if (number < 3)
        caches->bytes[number - 1] = kilobytes * KILO;
}

static int64_t sysconf_or(int name, int64_t otherwise)
{
    const long found = sysconf(name);
    return found > 0 ? found : otherwise;
}

hr_caches hr_caches_found(void)
{
    hr_caches caches = {{0}};
    const int cpus = (int)sysconf_or(_SC_NPROCESSORS_CONF, 1);
    for (int cpu = 0; cpu < cpus; cpu++)
        for (int index = 0; index < 8; index++)
            add_cache(&caches, cpu, index);
    if (caches.bytes[HR_L1] == 0 || caches.bytes[HR_L2] == 0)
        caches = (hr_caches){{sysconf_or(_SC_LEVEL1_DCACHE_SIZE, 32 * KILO),
                              sysconf_or(_SC_LEVEL2_CACHE_SIZE, 256 * KILO),
                              sysconf_or(_SC_LEVEL3_CACHE_SIZE, 0)}};
    return caches;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t hr_probe_bytes(const hr_caches *caches, hr_level level, int threads)
{
    const int64_t *bytes = caches->bytes, shared = bytes[HR_L3] / threads;
    switch (level) {
    case HR_L1:
        return bytes[HR_L1] / 4 * 3;
    case HR_L2:
        return bytes[HR_L2] / 2;
    case HR_L3:
        return shared > 3 * bytes[HR_L2] ? least(4 * bytes[HR_L2], shared / 2 + bytes[HR_L2]) : 0;
    default:
        return least(4 * bytes[HR_L3] / threads + 64 * (int64_t)MEGA, 512 * (int64_t)MEGA);
    }
}
