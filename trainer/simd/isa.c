#include "trainer/simd/isa.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME(set, name, ...) name,
static const char *const names[] = {HR_ISAS(NAME, 0)};

static hr_isa chosen;

const char *hr_isa_name(hr_isa isa)
{
    return names[isa];
}

#if defined(__x86_64__)

/* Levels by their instructions: clang 14 has no names of levels, and three of level 3's instructions have no
 * name for the builtin. Whether the system keeps wide registers is in what the builtin says. */
static bool has_level_2(void)
{
    return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.1") &&
           __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}

static bool has_level_3(void)
{
    const unsigned int basic = bit_F16C | bit_MOVBE, extended = bit_LZCNT;
    unsigned int a = 0, b = 0, c = 0, d = 0;
    if (!has_level_2() || !__get_cpuid(1, &a, &b, &c, &d) || (c & basic) != basic)
        return false;
    if (!__get_cpuid(0x80000001, &a, &b, &c, &d) || (c & extended) != extended)
        return false;
    return __builtin_cpu_supports("avx") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
}

static bool has_level_4(void)
{
    return has_level_3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}

#endif

bool hr_isa_is_found(hr_isa isa)
{
#if defined(__x86_64__)
    switch (isa) {
    case HR_ISA_x86_64:
        return true;
    case HR_ISA_x86_64_v2:
        return has_level_2();
    case HR_ISA_x86_64_v3:
        return has_level_3();
    case HR_ISA_x86_64_v4:
        return has_level_4();
    default:
        return false;
    }
#else
    return isa < HR_ISA_COUNT;
#endif
}

/* The set that HALOREC_ISA names, HR_ISA_COUNT where it names none. */
static hr_isa named(const char *name)
{
    hr_isa isa = 0;
    while (isa < HR_ISA_COUNT && strcmp(name, names[isa]) != 0)
        isa++;
    return isa;
}

static hr_isa best(void)
{
    hr_isa isa = HR_ISA_COUNT - 1;
    while (isa > 0 && !hr_isa_is_found(isa))
        isa--;
    return isa;
}

/* Before main, so that nothing can ask earlier. A bad name is for hr_isa_check to refuse. */
__attribute__((constructor)) static void choose(void)
{
    const char *name = getenv("HALOREC_ISA");
    const hr_isa isa = name ? named(name) : HR_ISA_COUNT;
    chosen = isa < HR_ISA_COUNT && hr_isa_is_found(isa) ? isa : best();
}

hr_isa hr_isa_chosen(void)
{
    return chosen;
}

void hr_isa_list(char text[HR_ISA_NAMES], bool found_only)
{
    size_t used = 0;
    for (hr_isa isa = 0; isa < HR_ISA_COUNT; isa++)
        if (!found_only || hr_isa_is_found(isa))
            used +=
                (size_t)snprintf(text + used, HR_ISA_NAMES - used, "%s%s", used > 0 ? ", " : "", names[isa]);
}

hr_status hr_isa_check(hr_error *err)
{
    char found[HR_ISA_NAMES];
    const char *name = getenv("HALOREC_ISA");
    if (!name || hr_isa_is_found(named(name)))
        return HR_OK;
    hr_isa_list(found, true);
    return hr_fail(err, HR_USAGE,
                   "HALOREC_ISA is '%s', expected an instruction set that this processor has: %s", name,
                   found);
}
