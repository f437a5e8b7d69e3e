/* Pictures of known movies: files of a folder of the server's, named by the movie's id: 31.jpg, 31.jpeg or 31.png. */
#ifndef HR_TRAINER_SERVE_PICTURES_POSTERS_H
#define HR_TRAINER_SERVE_PICTURES_POSTERS_H

#include "trainer/serve/pictures/picture.h"

/* Zero-initialised: no folder. Close with hr_posters_close. */
typedef struct hr_posters {
    const char *path; /* of the folder, for messages; it stays */
    int folder;       /* 0: none */
} hr_posters;

/* HR_IO where the folder cannot be opened. */
hr_status hr_posters_open(hr_posters *posters, const char *path, hr_error *err);
void hr_posters_close(hr_posters *posters);

/* Makes the picture of a movie of the file; picture->bytes stay NULL where there is none. Ids with a / and those that begin with
 * a point have none; links are not followed. HR_INPUT, naming the file, where it is no picture, or too large; HR_IO, HR_MEMORY. */
hr_status hr_posters_read(const hr_posters *posters, hr_picture_maker *maker, const char *movie,
                          hr_kept_picture *picture, hr_error *err);

#endif
