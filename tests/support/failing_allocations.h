/* Makes one allocation fail, by number. A test program that is linked with failing_allocations.c takes its
 * allocations through it (the linker's --wrap, see tests/CMakeLists.txt): those that halorec and the test
 * make themselves, and jansson's. Those inside shared libraries and the C library are not seen. */
#ifndef HR_TESTS_SUPPORT_FAILING_ALLOCATIONS_H
#define HR_TESTS_SUPPORT_FAILING_ALLOCATIONS_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Counts from 1 from now on, on all threads, and fails the allocation number `number`; 0 fails none. */
void allocations_fail_at(int64_t number);

/* Fails none from now on; returns whether one has failed since allocations_fail_at. */
bool allocations_failed(void);

/* Prints where the last one failed, as addresses that addr2line understands, to standard error. */
void allocations_tell(void);

/* Allocations that are not freed. */
int64_t allocations_alive(void);

/* What is tried again and again; leaves nothing allocated, whether it fails or not. */
typedef hr_status fallible(hr_error *err);

/* Calls `scenario` with its first allocation failing, then the second, … until none is left to fail. Each
 * time it must return HR_MEMORY and a message and leave nothing allocated; at last HR_OK. One process. */
void assert_each_allocation_may_fail(const char *name, fallible *scenario);

#endif
