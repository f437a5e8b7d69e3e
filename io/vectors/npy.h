/* Arrays as numpy.load reads them: the header of a .npy file, format 1.0 (NEP 1), whose rest is the array, row by row. */
#ifndef HR_IO_VECTORS_NPY_H
#define HR_IO_VECTORS_NPY_H

#include <stdint.h>

enum { HR_NPY_HEADER = 128 };

/* What a file begins with; a NUL follows. */
#define HR_NPY_MAGIC "\x93NUMPY\x01"

/* Fills the header of an array of rows x cols, or of `rows` numbers where cols is 0.
 *   type  numpy's name of it: "<i8" for int64_t, "<f4" for float */
void hr_npy_header(char header[HR_NPY_HEADER], const char *type, int64_t rows, int64_t cols);

#endif
