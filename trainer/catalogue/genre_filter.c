#include "trainer/catalogue/genre_filter.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/text/text_piece.h"
#include "trainer/catalogue/folded_title.h"

#include <stdio.h>
#include <string.h>

static hr_status unknown_genre(const hr_strings *names, const char *option, hr_text_piece wanted,
                               hr_error *err)
{
    char list[512] = "", shown[HR_ESCAPED_LENGTH], name[64];
    for (int64_t g = 0; g < names->count; g++) {
        const char *text = hr_strings_at(names, g);
        const size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", g ? ", " : "",
                 hr_escape(name, sizeof name, text, (int64_t)strlen(text)));
    }
    return hr_fail(err, HR_USAGE, "--%s: no movie has the genre %s; there are: %s", option,
                   hr_escape(shown, sizeof shown, wanted.at, wanted.length), list);
}

/* Marks the genre that a piece of the option names. */
static hr_status mark_genre(const hr_strings *names, const char *option, hr_text_piece wanted,
                            uint8_t *marked, hr_error *err)
{
    hr_status status = HR_OK;
    hr_folded folded, name;
    bool is_known = false;
    HR_TRY(hr_fold(&folded, wanted.at, wanted.length, err));
    for (int64_t g = 0; g < names->count; g++) {
        const char *text = hr_strings_at(names, g);
        HR_TRY(hr_fold(&name, text, (int64_t)strlen(text), err));
        if (hr_piece_is(wanted, text) || (folded.length > 0 && strcmp(folded.text, name.text) == 0)) {
            marked[g] = 1;
            is_known = true;
        }
    }
    if (!is_known)
        status = unknown_genre(names, option, wanted, err);
done:
    return status;
}

hr_status hr_filter_by_genre(const hr_genres *genres, const char *option, const char *list, bool wanted,
                             uint8_t *allowed, hr_error *err)
{
    hr_status status = HR_OK;
    uint8_t *marked = NULL;
    hr_text_piece left = hr_piece_of(list);
    HR_ALLOC(marked, genres->name.count);
    while (left.length > 0)
        HR_TRY(mark_genre(&genres->name, option, hr_piece_trimmed(hr_piece_field(&left)), marked, err));
    for (int64_t m = 0; m < genres->movies; m++) {
        bool has = false;
        for (int64_t i = genres->ptr[m]; i < genres->ptr[m + 1]; i++)
            has = has || marked[genres->genre[i]];
        if (has != wanted)
            allowed[m] = 0;
    }
done:
    free(marked);
    return status;
}
