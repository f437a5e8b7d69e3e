#include "io/formats/npy.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/side/python_literal.h"

#include <stdio.h>
#include <string.h>

enum { MAGIC = 6, LONGEST_HEAD = 1 << 16 };

void hr_npy_close(hr_npy *npy)
{
    hr_byte_stream_close(npy->stream);
    hr_packed_free(&npy->packed);
    free(npy->buffer);
    *npy = (hr_npy){0};
}

static hr_status damaged(const hr_npy *npy, const char *what, hr_error *err)
{
    return hr_fail(err, HR_INPUT, "%s%s%s: %s", npy->packed.file, npy->packed.member ? ":" : "",
                   npy->packed.member ? npy->packed.member : "", what);
}

/* Points *bytes at the next `count` bytes, which are there until the next call. */
static hr_status take(hr_npy *npy, int64_t count, const unsigned char **bytes, hr_error *err)
{
    hr_status status = HR_OK;
    while (npy->filled - npy->at < count) {
        int64_t got = 0;
        memmove(npy->buffer, npy->buffer + npy->at, (size_t)(npy->filled - npy->at));
        npy->filled -= npy->at;
        npy->at = 0;
        HR_TRY(hr_byte_stream_read(npy->stream, (char *)npy->buffer + npy->filled,
                                   HR_NPY_BUFFER - npy->filled, &got, err));
        if (got == 0)
            HR_TRY(damaged(npy, "is cut off", err));
        npy->filled += got;
    }
    *bytes = npy->buffer + npy->at;
    npy->at += count;
done:
    return status;
}

/* "<i4": the order of bytes, the kind and the width. */
static bool read_type(hr_npy *npy, const char *type)
{
    char order = '\0', kind = '\0';
    int width = 0;
    if (!type || sscanf(type, "%c%c%4d", &order, &kind, &width) != 3)
        return false;
    npy->kind = kind;
    npy->width = kind == 'U' ? 4 * width : width;
    npy->big_endian = order == '>';
    const bool number = (strchr("iu", kind) && (width == 1 || width == 2 || width == 4 || width == 8)) ||
                        (kind == 'f' && (width == 4 || width == 8)) || (kind == 'b' && width == 1);
    return strchr("<>|=", order) &&
           (number || (strchr("SU", kind) && npy->width > 0 && npy->width <= 4 * HR_NPY_WIDTH));
}

static bool read_shape(hr_npy *npy, const json_t *shape)
{
    npy->count = 1;
    for (size_t i = 0; i < json_array_size(shape); i++) {
        const int64_t size = json_integer_value(json_array_get(shape, i));
        if (size < 0 || __builtin_mul_overflow(npy->count, size, &npy->count))
            return false;
    }
    return json_is_array(shape) && json_array_size(shape) <= 2;
}

/* The dictionary of type and shape. */
static hr_status read_head(hr_npy *npy, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *head = NULL;
    const unsigned char *bytes = NULL;
    HR_TRY(take(npy, MAGIC + 2, &bytes, err));
    if (memcmp(bytes, "\x93NUMPY", MAGIC) != 0)
        HR_TRY(damaged(npy, "is no array of NumPy", err));
    const int wide = bytes[MAGIC] > 1 ? 4 : 2;
    HR_TRY(take(npy, wide, &bytes, err));
    const int64_t length =
        bytes[0] | bytes[1] << 8 | (wide == 4 ? bytes[2] << 16 | (int64_t)bytes[3] << 24 : 0);
    if (length > LONGEST_HEAD / 2)
        HR_TRY(damaged(npy, "has a head that is too long", err));
    HR_TRY(take(npy, length, &bytes, err));
    HR_TRY(hr_python_literal((hr_text_piece){(const char *)bytes, length}, &head, err));
    if (!read_type(npy, json_string_value(json_object_get(head, "descr"))) ||
        !read_shape(npy, json_object_get(head, "shape")))
        HR_TRY(damaged(npy, "is an array of a kind that is not read: expected numbers", err));
done:
    json_decref(head);
    return status;
}

hr_status hr_npy_open(hr_npy *npy, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_packed_find(&npy->packed, path, err));
    HR_TRY(hr_byte_stream_open(&npy->stream, &npy->packed, 0, err));
    HR_ALLOC(npy->buffer, HR_NPY_BUFFER);
    HR_TRY(read_head(npy, err));
done:
    return status;
}

/* The next element of up to eight bytes as they are in a word. */
static hr_status take_word(hr_npy *npy, uint64_t *word, hr_error *err)
{
    const unsigned char *bytes = NULL;
    const hr_status status = take(npy, npy->width, &bytes, err);
    *word = 0;
    for (int i = 0; status == HR_OK && i < npy->width; i++)
        *word |= (uint64_t)bytes[npy->big_endian ? npy->width - 1 - i : i] << 8 * i;
    return status;
}

hr_status hr_npy_whole(hr_npy *npy, int64_t *value, hr_error *err)
{
    uint64_t word = 0;
    if (!strchr("biu", npy->kind))
        return damaged(npy, "expected whole numbers", err);
    const hr_status status = take_word(npy, &word, err);
    const int unused = 64 - 8 * npy->width;
    if (npy->kind == 'i')
        *value = (int64_t)(word << unused) >> unused;
    else
        *value = word > INT64_MAX ? INT64_MAX : (int64_t)word;
    return status;
}

hr_status hr_npy_real(hr_npy *npy, double *value, hr_error *err)
{
    uint64_t word = 0;
    int64_t whole = 0;
    float single = 0;
    hr_status status = HR_OK;
    if (npy->kind != 'f') {
        status = hr_npy_whole(npy, &whole, err);
        *value = (double)whole;
        return status;
    }
    status = take_word(npy, &word, err);
    if (npy->width == 8) {
        memcpy(value, &word, sizeof *value);
    } else {
        const uint32_t half = (uint32_t)word;
        memcpy(&single, &half, sizeof single);
        *value = (double)single;
    }
    return status;
}

hr_status hr_npy_text(hr_npy *npy, char text[HR_NPY_WIDTH], hr_error *err)
{
    const unsigned char *bytes = NULL;
    const int step = npy->kind == 'U' ? 4 : 1, first = npy->kind == 'U' && npy->big_endian ? 3 : 0;
    if (!strchr("SU", npy->kind))
        return damaged(npy, "expected a text", err);
    const hr_status status = take(npy, npy->width, &bytes, err);
    int length = 0;
    for (int i = 0; status == HR_OK && i * step < npy->width && length < HR_NPY_WIDTH - 1; i++)
        if (bytes[i * step + first] != 0)
            text[length++] = (char)bytes[i * step + first];
    text[length] = '\0';
    return status;
}
