/* Pictures of known movies: files of a folder of the server's, named by the movie's id: 31.jpg, 31.jpeg or 31.png. */
#ifndef HR_TRAINER_SERVE_PICTURES_POSTERS_H
#define HR_TRAINER_SERVE_PICTURES_POSTERS_H

#include "trainer/serve/pictures/picture.h"
#include "trainer/serve/pictures/poster_cache.h"

/* Zero-initialised: no folder. It stays where it is. Close with hr_posters_close. */
typedef struct hr_posters {
    const char *path;       /* of the folder, for messages; it stays */
    int folder;             /* 0: none */
    hr_picture_maker maker; /* its own: uploads do not wait for posters */
    hr_poster_cache cache;
} hr_posters;

/* HR_IO where the folder cannot be opened. */
hr_status hr_posters_open(hr_posters *posters, const char *path, hr_error *err);
void hr_posters_close(hr_posters *posters);

/* The picture that is made of a movie's file, or was made of it before; picture->bytes stay NULL where there is none. Ids with a /
 * and those that begin with a point have none; links are not followed. HR_INPUT, naming the file, the first time that it is no
 * picture, or too large; HR_IO, HR_MEMORY. */
hr_status hr_posters_read(hr_posters *posters, const char *movie, hr_kept_picture *picture, hr_error *err);

#endif
