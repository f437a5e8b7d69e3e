/* Arrays of NumPy, as .npy files or members of an .npz, element by element. */
#ifndef HR_IO_FORMATS_NPY_H
#define HR_IO_FORMATS_NPY_H

#include "io/base/error.h"
#include "io/packed/packed.h"

#include <stdbool.h>
#include <stdint.h>

enum { HR_NPY_BUFFER = 1 << 16, HR_NPY_WIDTH = 64 };

/* Zero-initialise; close with hr_npy_close. */
typedef struct hr_npy {
    char kind; /* as NumPy names it: b bool, i and u whole numbers, f floats, S bytes, U characters */
    int width; /* bytes of an element */
    bool big_endian;
    int64_t count; /* elements */
    hr_packed packed;
    hr_byte_stream *stream;
    unsigned char *buffer; /* [HR_NPY_BUFFER] */
    int64_t at, filled;
} hr_npy;

/* Opens FILE or FILE.npz:MEMBER and reads its head. HR_INPUT where it is no array of up to two dimensions of bools,
 * numbers or short texts; HR_IO, HR_MEMORY. Close it also after a failure. */
hr_status hr_npy_open(hr_npy *npy, const char *path, hr_error *err);
void hr_npy_close(hr_npy *npy);

/* The next element as a whole number, or as a real one. HR_INPUT where the array is cut off or of another kind. */
hr_status hr_npy_whole(hr_npy *npy, int64_t *value, hr_error *err);
hr_status hr_npy_real(hr_npy *npy, double *value, hr_error *err);

/* The next element as text of up to HR_NPY_WIDTH - 1 ASCII characters. */
hr_status hr_npy_text(hr_npy *npy, char text[HR_NPY_WIDTH], hr_error *err);

#endif
