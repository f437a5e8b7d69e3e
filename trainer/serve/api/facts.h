/* What endpoints answer from: a loaded model and its dataset, and what is made of these, each once, when it is first asked
 * for. Threads share it. */
#ifndef HR_TRAINER_SERVE_API_FACTS_H
#define HR_TRAINER_SERVE_API_FACTS_H

#include "io/base/error.h"
#include "trainer/catalogue/title_index.h"
#include "trainer/figures/movie_tags.h"
#include "trainer/serve/api/kept_text.h"
#include "trainer/serve/api/lazy.h"
#include "trainer/serve/model/snapshot.h"
#include "trainer/similar/suggested_tags.h"
#include "trainer/top/movie_tally.h"

#include <stdint.h>

enum { HR_KEPT_TALLIES = 8 };

/* Texts that are made once. */
typedef enum hr_kept {
    HR_KEPT_MAP,
    HR_KEPT_STATS,
    HR_KEPT_MODEL,
    HR_KEPT_INSIGHTS,
    HR_KEPT_EVALUATION,
    HR_KEPT_TEXTS
} hr_kept;

/* A tally of some ratings. */
typedef struct hr_kept_tally {
    hr_tally_window window;
    hr_movie_tally tally;
    int holders;
    int64_t asked; /* when it was last asked for, in numbers of hr_facts.asked */
} hr_kept_tally;

typedef struct hr_facts {
    hr_snapshot *snapshot;
    const hr_loaded *loaded;       /* of it */
    const hr_catalogue *catalogue; /* likewise */
    hr_lazy comparing, suggesting, tallying, indexing, tagging;
    hr_movie_comparer comparer;
    hr_tag_suggester suggester;
    hr_movie_tally tally; /* of all ratings */
    hr_title_index titles;
    hr_movie_tags tags;
    hr_kept_text text[HR_KEPT_TEXTS];
    pthread_mutex_t tallies_lock;
    int tallies;
    int64_t asked; /* how often one was */
    hr_kept_tally kept[HR_KEPT_TALLIES];
} hr_facts;

/* Of a model, which must outlive them. (*facts) is the caller's, to free with hr_facts_free also after a failure. HR_MEMORY. Local. */
hr_status hr_facts_create(hr_facts **facts, hr_snapshot *snapshot, hr_error *err);
void hr_facts_free(hr_facts *facts); /* NULL is fine */

/* Each of them, made if it is not there yet: the errors of what makes it. */
hr_status hr_facts_comparer(hr_facts *facts, const hr_movie_comparer **comparer, hr_error *err);
hr_status hr_facts_suggester(hr_facts *facts, const hr_tag_suggester **suggester, hr_error *err);
hr_status hr_facts_tally(hr_facts *facts, const hr_movie_tally **tally, hr_error *err);
hr_status hr_facts_titles(hr_facts *facts, const hr_title_index **titles, hr_error *err);
hr_status hr_facts_tags(hr_facts *facts, const hr_movie_tags **tags, hr_error *err);

/* The tally of a window: that of all ratings; or one of HR_KEPT_TALLIES others that are kept, those that were asked for last, until
 * hr_facts_release_tally; or, where all of these are in use, `own`, which is the caller's to free in any case. The errors of
 * hr_movie_tally_read. */
hr_status hr_facts_tally_of(hr_facts *facts, const hr_tally_window *window, hr_movie_tally *own,
                            const hr_movie_tally **tally, hr_error *err);
void hr_facts_release_tally(hr_facts *facts, const hr_movie_tally *tally); /* NULL is fine */

#endif
