#include "io/base/utf8.h"

#include "io/base/memory.h"

#include <iconv.h>
#include <stdbool.h>

/* Converts to UTF-8 into `out`; false where `text` is not in `encoding`. */
static bool convert(const char *encoding, const char *text, size_t size, char *out, size_t room,
                    size_t *length)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    char *from = (char *)text, *to = out;
    size_t left = size, free_bytes = room;
    const bool done = iconv(converter, &from, &left, &to, &free_bytes) != (size_t)-1;
    iconv_close(converter);
    *length = room - free_bytes;
    return done;
}

hr_status hr_utf8_append(hr_strings *strings, const char *text, int64_t length, hr_error *err)
{
    hr_status status = HR_OK;
    char *out = NULL;
    const size_t size = (size_t)length, room = 2 * size + 1; /* a Latin-1 byte takes at most two */
    size_t made = 0;
    HR_ALLOC(out, (int64_t)room);
    if (!convert("UTF-8", text, size, out, room, &made) &&
        !convert("ISO-8859-1", text, size, out, room, &made))
        made = 0;
    HR_TRY(hr_strings_append(strings, out, (int64_t)made, err));
done:
    free(out);
    return status;
}
