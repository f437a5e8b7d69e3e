/* A picture that somebody gave, made one that is served: decoded, and encoded anew from its pixels, so that nothing else that its
 * file holds is passed on. */
#ifndef HR_TRAINER_SERVE_PICTURES_PICTURE_H
#define HR_TRAINER_SERVE_PICTURES_PICTURE_H

#include "io/base/error.h"
#include "trainer/serve/store/movies.h"

#include <pthread.h>

/* Bytes of a picture, as it is given and as it is served. */
enum { HR_PICTURE_BYTES = 8 << 20 };

/* Pictures are made one at a time, so that their memory is bounded: some 10 bytes a pixel. */
typedef struct hr_picture_maker {
    pthread_mutex_t one_at_a_time;
} hr_picture_maker;

void hr_picture_maker_begin(hr_picture_maker *maker);
void hr_picture_maker_end(hr_picture_maker *maker);

/* Whether the bytes begin as a JPEG or a PNG does. */
bool hr_is_picture(const unsigned char *bytes, int64_t size);

/* Makes the picture that is served: a JPEG of a JPEG, a PNG of a PNG; `created` stays 0, bytes are the caller's. HR_USAGE, saying what
 * is wrong, for anything else, and for what is damaged, cut off or too large; HR_MEMORY. */
hr_status hr_picture_make(hr_picture_maker *maker, const unsigned char *bytes, int64_t size,
                          hr_kept_picture *picture, hr_error *err);

#endif
