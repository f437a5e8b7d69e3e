#include "io/vectors/npy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void hr_npy_header(char header[HR_NPY_HEADER], const char *type, int64_t rows, int64_t cols)
{
    static const char magic[] = HR_NPY_MAGIC; /* and the NUL behind it: version 1.0 */
    enum { LENGTH_BYTES = 2 };
    const int begin = (int)sizeof magic + LENGTH_BYTES, length = HR_NPY_HEADER - begin;
    char columns[32] = "";
    if (cols > 0)
        snprintf(columns, sizeof columns, " %" PRId64, cols);
    memcpy(header, magic, sizeof magic);
    header[sizeof magic] = (char)length;
    header[sizeof magic + 1] = 0;
    const int used =
        snprintf(header + begin, (size_t)length,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (%" PRId64 ",%s), }", type, rows, columns);
    memset(header + begin + used, ' ', (size_t)(length - used - 1));
    header[HR_NPY_HEADER - 1] = '\n';
}
