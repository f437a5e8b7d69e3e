/* Sound HDF5 files as images in memory, that targets spoil by HDF5's own functions, so that the container stays right. */
#ifndef HR_TESTS_FUZZ_IMAGE_H
#define HR_TESTS_FUZZ_IMAGE_H

#include "tests/fuzz/input.h"

#include <hdf5.h>

enum { IMAGE_ARRAYS = 64 };

/* A sound file: its bytes and the names of its arrays. */
typedef struct image {
    char *bytes;
    size_t size;
    int arrays;
    char array[IMAGE_ARRAYS][64];
} image;

/* Reads the file; ends the program where there is none. */
void image_read(image *sound, const char *folder, const char *name);

/* A copy, open to be changed. */
hid_t image_open(const image *sound);

/* Another text as an attribute. */
void image_set_text(hid_t file, const char *name, const char *text);

/* Makes the checksum of a checkpoint's attributes anew. */
void image_sum_attributes(hid_t file);

/* Closes the copy and gives it a name, as a file in memory; returns its descriptor, the caller's to close. */
int image_close(hid_t file, char path[64]);

#endif
