#include "trainer/serve/api/facts.h"

#include "io/base/memory.h"

static void begin(hr_facts *f)
{
    hr_lazy *const lazy[] = {&f->comparing, &f->suggesting, &f->tallying, &f->indexing, &f->tagging};
    for (size_t i = 0; i < sizeof lazy / sizeof *lazy; i++)
        hr_lazy_begin(lazy[i]);
    for (int t = 0; t < HR_KEPT_TEXTS; t++)
        hr_kept_text_begin(&f->text[t]);
    pthread_mutex_init(&f->tallies_lock, NULL);
}

static void end(hr_facts *f)
{
    hr_lazy *const lazy[] = {&f->comparing, &f->suggesting, &f->tallying, &f->indexing, &f->tagging};
    for (size_t i = 0; i < sizeof lazy / sizeof *lazy; i++)
        hr_lazy_end(lazy[i]);
    for (int t = 0; t < HR_KEPT_TEXTS; t++)
        hr_kept_text_end(&f->text[t]);
    pthread_mutex_destroy(&f->tallies_lock);
}

hr_status hr_facts_create(hr_facts **facts, hr_snapshot *snapshot, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*facts, 1);
    begin(*facts);
    (*facts)->snapshot = snapshot;
    (*facts)->loaded = &snapshot->loaded;
    (*facts)->catalogue = &snapshot->catalogue;
done:
    return status;
}

void hr_facts_free(hr_facts *facts)
{
    if (!facts)
        return;
    for (int t = 0; t < facts->tallies; t++)
        hr_movie_tally_free(&facts->kept[t].tally);
    hr_movie_tags_free(&facts->tags);
    hr_title_index_free(&facts->titles);
    hr_movie_tally_free(&facts->tally);
    hr_tag_suggester_free(&facts->suggester);
    hr_movie_comparer_free(&facts->comparer);
    end(facts);
    free(facts);
}

static hr_status make_comparer(void *context, hr_error *err)
{
    hr_facts *f = context;
    const hr_status status = hr_movie_comparer_create(&f->comparer, f->loaded, true, err);
    if (status != HR_OK)
        hr_movie_comparer_free(&f->comparer);
    return status;
}

hr_status hr_facts_comparer(hr_facts *facts, const hr_movie_comparer **comparer, hr_error *err)
{
    *comparer = &facts->comparer;
    return hr_lazy_make(&facts->comparing, make_comparer, facts, err);
}

static hr_status make_suggester(void *context, hr_error *err)
{
    hr_facts *f = context;
    const hr_movie_comparer *comparer = NULL;
    hr_status status = hr_facts_comparer(f, &comparer, err);
    if (status == HR_OK)
        status = hr_tag_suggester_create(&f->suggester, comparer, err);
    if (status != HR_OK)
        hr_tag_suggester_free(&f->suggester);
    return status;
}

hr_status hr_facts_suggester(hr_facts *facts, const hr_tag_suggester **suggester, hr_error *err)
{
    *suggester = &facts->suggester;
    return hr_lazy_make(&facts->suggesting, make_suggester, facts, err);
}

static hr_status read_tally(const hr_facts *f, const hr_tally_window *window, hr_movie_tally *tally,
                            hr_error *err)
{
    const hr_status status =
        hr_movie_tally_read(tally, f->loaded->source.dataset, &f->loaded->data, window, err);
    if (status != HR_OK)
        hr_movie_tally_free(tally);
    return status;
}

static hr_status make_tally(void *context, hr_error *err)
{
    hr_facts *f = context;
    return read_tally(f, &(hr_tally_window){.since = INT64_MIN, .until = INT64_MAX}, &f->tally, err);
}

hr_status hr_facts_tally(hr_facts *facts, const hr_movie_tally **tally, hr_error *err)
{
    *tally = &facts->tally;
    return hr_lazy_make(&facts->tallying, make_tally, facts, err);
}

static hr_status make_titles(void *context, hr_error *err)
{
    hr_facts *f = context;
    const hr_status status = hr_title_index_create(&f->titles, f->catalogue, err);
    if (status != HR_OK)
        hr_title_index_free(&f->titles);
    return status;
}

hr_status hr_facts_titles(hr_facts *facts, const hr_title_index **titles, hr_error *err)
{
    *titles = &facts->titles;
    return hr_lazy_make(&facts->indexing, make_titles, facts, err);
}

static hr_status make_tags(void *context, hr_error *err)
{
    hr_facts *f = context;
    const hr_status status =
        hr_movie_tags_read(&f->tags, f->loaded->source.dataset, f->catalogue->movies, err);
    if (status != HR_OK)
        hr_movie_tags_free(&f->tags);
    return status;
}

hr_status hr_facts_tags(hr_facts *facts, const hr_movie_tags **tags, hr_error *err)
{
    *tags = &facts->tags;
    return hr_lazy_make(&facts->tagging, make_tags, facts, err);
}

static bool are_equal(const hr_tally_window *a, const hr_tally_window *b)
{
    return a->train_only == b->train_only && a->since == b->since && a->until == b->until &&
           a->recent == b->recent;
}

/* Where a tally that is not kept yet goes: a place that is free, or that of the one in nobody's hands that was asked for longest
 * ago; NULL where all are in use. */
static hr_kept_tally *find_place(hr_facts *f)
{
    hr_kept_tally *oldest = NULL;
    if (f->tallies < HR_KEPT_TALLIES)
        return &f->kept[f->tallies];
    for (hr_kept_tally *k = f->kept; k < f->kept + HR_KEPT_TALLIES; k++)
        if (k->holders == 0 && (!oldest || k->asked < oldest->asked))
            oldest = k;
    return oldest;
}

/* Reads a tally and keeps it; *kept stays NULL where there is no place. */
static hr_status keep(hr_facts *f, const hr_tally_window *window, hr_kept_tally **kept, hr_error *err)
{
    hr_movie_tally fresh = {0};
    hr_kept_tally *place = find_place(f);
    const hr_status status = place ? read_tally(f, window, &fresh, err) : HR_OK;
    if (!place || status != HR_OK)
        return status;
    hr_movie_tally_free(&place->tally);
    f->tallies += place == &f->kept[f->tallies];
    *place = (hr_kept_tally){.window = *window, .tally = fresh};
    *kept = place;
    return HR_OK;
}

/* The kept tally of a window, held, which is read where it is not kept yet; NULL where there is no place. */
static hr_status take_kept(hr_facts *f, const hr_tally_window *window, const hr_movie_tally **tally,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_kept_tally *kept = NULL;
    pthread_mutex_lock(&f->tallies_lock);
    for (int t = 0; t < f->tallies; t++)
        if (are_equal(&f->kept[t].window, window))
            kept = &f->kept[t];
    if (!kept)
        HR_TRY(keep(f, window, &kept, err));
    *tally = kept ? &kept->tally : NULL;
    if (kept) {
        kept->holders++;
        kept->asked = f->asked++;
    }
done:
    pthread_mutex_unlock(&f->tallies_lock);
    return status;
}

hr_status hr_facts_tally_of(hr_facts *facts, const hr_tally_window *window, hr_movie_tally *own,
                            const hr_movie_tally **tally, hr_error *err)
{
    hr_status status = HR_OK;
    if (are_equal(window, &(hr_tally_window){.since = INT64_MIN, .until = INT64_MAX}))
        return hr_facts_tally(facts, tally, err);
    HR_TRY(take_kept(facts, window, tally, err));
    if (!*tally) {
        HR_TRY(read_tally(facts, window, own, err));
        *tally = own;
    }
done:
    return status;
}

void hr_facts_release_tally(hr_facts *facts, const hr_movie_tally *tally)
{
    pthread_mutex_lock(&facts->tallies_lock);
    for (int t = 0; t < facts->tallies; t++)
        facts->kept[t].holders -= tally == &facts->kept[t].tally;
    pthread_mutex_unlock(&facts->tallies_lock);
}
