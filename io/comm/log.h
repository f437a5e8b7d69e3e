/* Plain lines for people, on standard error, from rank 0 only; results go to standard output. */
#ifndef HR_IO_COMM_LOG_H
#define HR_IO_COMM_LOG_H

#include "io/comm/comm.h"

/* Prints one line where comm is at rank 0. Not collective. */
void hr_log(const hr_comm *comm, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
