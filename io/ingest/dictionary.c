#include "io/ingest/dictionary.h"

#include "io/base/memory.h"
#include "io/base/search.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

/* What is known of an id: a number is its own key, a text has its hash. */
struct hr_dictionary_slot {
    uint64_t key;
    int64_t place; /* 0: empty; an id's number plus 1, negative for a text */
};

enum { FEWEST_SLOTS = 1024, SMALL = 1 << 20 };

void hr_dictionary_free(hr_dictionary *d)
{
    free(d->number);
    free(d->is_text);
    free(d->slot);
    free(d->small);
    hr_strings_free(&d->text);
    *d = (hr_dictionary){0};
}

/* An id that is looked for. */
typedef struct wanted {
    const char *text;
    int64_t length;
    int64_t number; /* where it is a number */
    bool is_text;
    uint64_t key;
} wanted;

/* Whether the text is a canonical number of few digits, as most ids are. */
static bool is_short_number(const char *text, int64_t length, int64_t *number)
{
    enum { DIGITS = 9 };
    if (length > DIGITS || (text[0] == '0' && length > 1))
        return false;
    int32_t value = 0;
    for (int64_t i = 0; i < length; i++) {
        const unsigned digit = (unsigned)(text[i] - '0');
        if (digit > 9)
            return false;
        value = 10 * value + (int32_t)digit;
    }
    *number = value;
    return true;
}

static wanted wanted_of(const char *text, int64_t length)
{
    wanted w = {.text = text, .length = length};
    w.is_text = !is_short_number(text, length, &w.number) && !hr_id_number(text, length, &w.number);
    w.key = w.is_text ? XXH3_64bits(text, (size_t)length) : (uint64_t)w.number;
    return w;
}

static bool is_small(const wanted *w)
{
    return !w->is_text && w->number >= 0 && w->number < SMALL;
}

static bool is_same(const hr_dictionary *d, const hr_dictionary_slot *slot, const wanted *w)
{
    if (slot->key != w->key || (slot->place < 0) != w->is_text)
        return false;
    if (!w->is_text)
        return true;
    const char *text = hr_strings_at(&d->text, d->number[-slot->place - 1]);
    return strncmp(text, w->text, (size_t)w->length) == 0 && text[w->length] == '\0';
}

/* Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): the upper bits of the product. */
static int64_t first_slot(const hr_dictionary *d, uint64_t key)
{
    const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15);
    return (int64_t)((key * golden) >> (64 - __builtin_ctzll((uint64_t)d->slots)));
}

/* The slot of the id, or the empty one where it belongs. */
static hr_dictionary_slot *slot_of(const hr_dictionary *d, const wanted *w)
{
    int64_t s = first_slot(d, w->key);
    while (d->slot[s].place != 0 && !is_same(d, &d->slot[s], w))
        s = (s + 1) & (d->slots - 1);
    return &d->slot[s];
}

static int64_t number_in(const hr_dictionary_slot *slot)
{
    return (slot->place < 0 ? -slot->place : slot->place) - 1;
}

/* Keeps the table at most half full. */
static hr_status make_room(hr_dictionary *d, hr_error *err)
{
    hr_status status = HR_OK;
    hr_dictionary_slot *old = d->slot;
    const int64_t old_slots = d->slots, slots = old_slots > 0 ? 2 * old_slots : FEWEST_SLOTS;
    hr_dictionary_slot *slot = NULL;
    if (2 * d->count < old_slots)
        return HR_OK;
    HR_ALLOC(slot, slots);
    d->slot = slot;
    d->slots = slots;
    for (int64_t i = 0; i < old_slots; i++) {
        if (old[i].place == 0)
            continue;
        int64_t s = first_slot(d, old[i].key);
        while (slot[s].place != 0)
            s = (s + 1) & (slots - 1);
        slot[s] = old[i];
    }
    free(old);
done:
    return status;
}

/* Lists a new id. */
static hr_status list(hr_dictionary *d, const wanted *w, hr_error *err)
{
    hr_status status = HR_OK;
    if (d->count == INT32_MAX)
        return hr_fail(err, HR_MEMORY, "more than %d different ids", INT32_MAX);
    HR_GROW(d->number, d->number_capacity, d->count + 1);
    HR_GROW(d->is_text, d->is_text_capacity, d->count + 1);
    d->number[d->count] = w->is_text ? d->text.count : w->number;
    d->is_text[d->count] = w->is_text;
    if (w->is_text)
        HR_TRY(hr_strings_append(&d->text, w->text, w->length, err));
    d->count++;
done:
    return status;
}

/* Room for small numbers up to this one. */
static hr_status make_room_small(hr_dictionary *d, int64_t number, hr_error *err)
{
    hr_status status = HR_OK;
    if (number < d->smalls)
        return HR_OK;
    HR_GROW(d->small, d->small_capacity, number + 1);
    memset(d->small + d->smalls, 0, (size_t)(d->small_capacity - d->smalls) * sizeof *d->small);
    d->smalls = d->small_capacity;
done:
    return status;
}

static hr_status number_small(hr_dictionary *d, const wanted *w, int64_t *number, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(make_room_small(d, w->number, err));
    if (d->small[w->number] == 0) {
        HR_TRY(list(d, w, err));
        d->small[w->number] = (int32_t)d->count;
    }
    *number = d->small[w->number] - 1;
done:
    return status;
}

hr_status hr_dictionary_number(hr_dictionary *d, const char *text, int64_t length, int64_t *number,
                               hr_error *err)
{
    hr_status status = HR_OK;
    const wanted w = wanted_of(text, length);
    if (is_small(&w))
        return number_small(d, &w, number, err);
    HR_TRY(make_room(d, err));
    hr_dictionary_slot *slot = slot_of(d, &w);
    if (slot->place == 0) {
        HR_TRY(list(d, &w, err));
        *slot = (hr_dictionary_slot){w.key, w.is_text ? -d->count : d->count};
    }
    *number = number_in(slot);
done:
    return status;
}

int64_t hr_dictionary_find(const hr_dictionary *d, const char *text, int64_t length)
{
    const wanted w = wanted_of(text, length);
    if (is_small(&w))
        return w.number < d->smalls ? d->small[w.number] - 1 : HR_NOT_FOUND;
    if (d->slots == 0)
        return HR_NOT_FOUND;
    const hr_dictionary_slot *slot = slot_of(d, &w);
    return slot->place == 0 ? HR_NOT_FOUND : number_in(slot);
}

const char *hr_dictionary_text(const hr_dictionary *d, int64_t index, char buffer[HR_ID_BUFFER])
{
    if (d->is_text[index])
        return hr_strings_at(&d->text, d->number[index]);
    snprintf(buffer, HR_ID_BUFFER, "%" PRId64, d->number[index]);
    return buffer;
}
