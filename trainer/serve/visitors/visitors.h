/* What visitors do over HTTP: they rate and are recommended at once, register and log in, add movies and pictures.
 *
 * A browser has a cookie, a program a bearer token, each made of random bits (serve/store/tokens.h). A visitor without an account is
 * made with the first rating. */
#ifndef HR_TRAINER_SERVE_VISITORS_VISITORS_H
#define HR_TRAINER_SERVE_VISITORS_VISITORS_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/lists/newcomer.h"
#include "trainer/serve/http/route.h"
#include "trainer/serve/model/served.h"
#include "trainer/serve/pictures/posters.h"
#include "trainer/serve/store/store.h"
#include "trainer/serve/visitors/attempts.h"
#include "trainer/serve/visitors/passwords.h"

/* Texts stay as long as the visitors. */
typedef struct hr_visitors_config {
    const char *path;    /* of the file that keeps what they do (io/visitors/visitors_file.h) */
    const char *posters; /* folder of pictures of known movies; "" or NULL: none */
    bool read_only;      /* nobody rates: there is no file */
    bool no_accounts;    /* nobody registers or adds movies */
    bool proxied;        /* a reverse proxy says who asks (client.h) */
} hr_visitors_config;

/* Zero-initialise; it stays where it is. */
typedef struct hr_visitors {
    hr_visitors_config config;
    hr_served *served;
    hr_store store;
    hr_attempts attempts;
    hr_passwords passwords;
    hr_picture_maker maker;
    hr_posters posters;
    bool begun;
} hr_visitors;

/* Opens the file and the folder. HR_IO, HR_INPUT where the file is not one of visitors, HR_MEMORY. hr_visitors_end in any case. */
hr_status hr_visitors_begin(hr_visitors *visitors, const hr_visitors_config *config, hr_served *served,
                            hr_error *err);
void hr_visitors_end(hr_visitors *visitors);

/* Appends the sets of routes that the config leaves in, at most HR_VISITORS_SETS, and returns how many. */
enum { HR_VISITORS_SETS = 6 };
int hr_visitors_sets(hr_visitors *visitors, hr_route_set *sets);

/* Appends to `newcomer` what the visitor who asks has rated, or opened, of the catalogue's movies; nothing where nobody is known by
 * the request. `context` is the hr_visitors. HR_IO, HR_MEMORY. */
hr_status hr_visitors_newcomer(void *context, const hr_request *request, const hr_catalogue *catalogue,
                               hr_newcomer *newcomer, hr_error *err);

/* The description of a movie that a visitor has added, as serve/store/movies.h makes it, the caller's; NULL where none has the id.
 * `context` is the hr_visitors. HR_IO, HR_MEMORY. */
hr_status hr_visitors_find_added(void *context, const char *id, json_t **description, hr_error *err);

#endif
