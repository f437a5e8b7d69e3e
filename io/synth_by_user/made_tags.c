#include "io/synth_by_user/made_tags.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/features/text_features.h"
#include "io/synth/films.h"

#include <stdlib.h>

enum { STREAM_TAG = HR_STREAM_SYNTH + 14 };

int64_t hr_tags_from(const hr_synth_preset *p, int64_t user)
{
    return (int64_t)((hr_u128)user * (hr_u128)p->tags / (hr_u128)p->users);
}

static int by_movie(const void *a, const void *b)
{
    const hr_made_tag *x = a, *y = b;
    if (x->movie != y->movie)
        return x->movie < y->movie ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

void hr_tags_make(const hr_synth_preset *p, const uint64_t *genres, uint64_t seed, const hr_ratings *r,
                  hr_made_tag *tag)
{
    for (int64_t u = 0; u < r->users; u++) {
        const int64_t user = r->first_user + u, first = hr_tags_from(p, user),
                      end = hr_tags_from(p, user + 1);
        for (int64_t t = first; t < end; t++) {
            const hr_random4 drawn = hr_philox(seed, (hr_stream)STREAM_TAG, 0, (uint64_t)t);
            const int64_t i = r->ptr[u] + hr_below(drawn.word[1], (uint32_t)(r->ptr[u + 1] - r->ptr[u]));
            tag[t] = (hr_made_tag){.time = r->time[i],
                                   .user = (int32_t)user,
                                   .movie = r->movie[i],
                                   .text = hr_films_draw_tag(seed, t, genres[r->movie[i]]),
                                   .part = r->split[i]};
        }
        qsort(tag + first, (size_t)(end - first), sizeof *tag, by_movie);
    }
}

/* The ratings that hr_text_build searches for: those of films that their users tagged. */
static hr_status find_tagged(const hr_synth_preset *p, const hr_made_tag *tag, hr_ratings *r, hr_error *err)
{
    hr_status status = HR_OK;
    *r = (hr_ratings){.users = p->users, .movies = p->movies_listed, .count = p->tags};
    HR_ALLOC(r->ptr, p->users + 1);
    HR_ALLOC(r->movie, p->tags);
    HR_ALLOC(r->split, p->tags);
    for (int64_t u = 0; u <= p->users; u++)
        r->ptr[u] = hr_tags_from(p, u);
    for (int64_t t = 0; t < p->tags; t++) {
        r->movie[t] = tag[t].movie;
        r->split[t] = (uint8_t)tag[t].part;
    }
done:
    return status;
}

hr_status hr_tags_take(const hr_synth_preset *p, const hr_made_tag *tag, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_text_options texts = HR_TEXT_DEFAULTS;
    const hr_ratings kept = d->ratings;
    hr_ratings tagged = {0};
    HR_TRY(hr_films_reserve_tags(p->tags, d, err));
    for (d->tags = 0; d->tags < p->tags; d->tags++) {
        d->tag_user[d->tags] = tag[d->tags].user;
        d->tag_movie[d->tags] = tag[d->tags].movie;
        d->tag_text[d->tags] = tag[d->tags].text;
        d->tag_time[d->tags] = tag[d->tags].time;
    }
    HR_TRY(find_tagged(p, tag, &tagged, err));
    d->ratings = tagged;
    status = hr_text_build(d, &texts, &d->text, err);
    d->ratings = kept;
done:
    hr_ratings_free(&tagged);
    return status;
}
