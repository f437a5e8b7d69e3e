#include "io/synth/films.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/synth/synth_titles.h"

#include <string.h>

enum { STREAM_ORDER = HR_STREAM_SYNTH + 12, STREAM_TAG = HR_STREAM_SYNTH + 14 };

hr_status hr_films_make_ids(const hr_synth_preset *p, uint64_t seed, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t id = 0;
    HR_ALLOC(d->user_id.number, p->users);
    d->user_id.count = p->users;
    HR_ALLOC(d->movie_id.number, p->movies_listed);
    d->movie_id.count = p->movies_listed;
    for (int64_t m = 0; m < p->movies_listed; m++) {
        id += 1 + hr_below(hr_philox(seed, (hr_stream)STREAM_ORDER, 2, (uint64_t)m).word[0], 8) / 6;
        d->movie_id.number[m] = id;
    }
    for (int64_t u = 0; u < p->users; u++)
        d->user_id.number[u] = u + 1;
done:
    return status;
}

hr_status hr_films_make(const hr_synth_preset *p, const uint64_t *genres, uint64_t seed, hr_dataset *d,
                        hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(d->year, p->movies_listed);
    HR_ALLOC(d->imdb, p->movies_listed);
    HR_ALLOC(d->tmdb, p->movies_listed);
    for (int64_t m = 0; m < p->movies_listed; m++)
        HR_TRY(hr_genres_append_bits(&d->genres, genres[m], err));
    for (int g = 0; g < HR_SYNTH_GENRES; g++)
        HR_TRY(hr_strings_append(&d->genres.name, hr_titles_genre_names[g],
                                 (int64_t)strlen(hr_titles_genre_names[g]), err));
    HR_TRY(hr_titles_make(&d->title, d->year, p->movies_listed, seed, err));
done:
    return status;
}

hr_status hr_films_reserve_tags(int64_t tags, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(d->tag_user, tags);
    HR_ALLOC(d->tag_movie, tags);
    HR_ALLOC(d->tag_text, tags);
    HR_ALLOC(d->tag_time, tags);
    for (int i = 0; i < hr_titles_tag_count; i++)
        HR_TRY(hr_strings_append(&d->tag_name, hr_titles_tags[i].text,
                                 (int64_t)strlen(hr_titles_tags[i].text), err));
done:
    return status;
}

int32_t hr_films_draw_tag(uint64_t seed, int64_t tag, uint64_t genres)
{
    enum { TRIES = 8 };
    int32_t text = 0;
    for (uint32_t tried = 0; tried < TRIES; tried++) {
        const hr_random4 r = hr_philox(seed, (hr_stream)STREAM_TAG, 1 + tried, (uint64_t)tag);
        text = (int32_t)hr_below(r.word[0], (uint32_t)hr_titles_tag_count);
        if (genres >> hr_titles_tags[text].genre & 1)
            break;
    }
    return text;
}
