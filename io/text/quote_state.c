#include "io/base/memory.h"
#include "io/text/fields.h"
#include "io/text/text_reader.h"

#include <string.h>

enum { CHUNK = 1 << 17, WITHOUT_QUOTES = CHUNK, MOST_BEFORE = 4096 };

/* What a run of quotes next to each other tells of the text before it (Ge et al., "Speculative distributed CSV data
 * parsing", SIGMOD 2019). */
typedef enum state { UNKNOWN, INSIDE, OUTSIDE } state;

/* Runs of quotes, read one after the other. */
typedef struct runs {
    const hr_dialect *dialect;
    int64_t length; /* of the run that is being read */
    bool left;      /* whether a field can begin behind the byte before it */
    bool turned;    /* whether an odd number of runs that open or close a field came before */
    bool any;       /* whether a quote came */
    state at_first; /* the state at the first byte */
} runs;

static bool is_bound(const hr_dialect *dialect, char byte)
{
    const char bytes[] = {byte, '\n'};
    return byte == '\r' || (dialect->padded && byte == ' ') || hr_ends_field(dialect, bytes);
}

/* Takes the run that ends before a byte where a field can end (`right`) or not. An odd run opens a field if one can begin
 * there, and closes one if it can end there; where both is possible it only changes the state. */
static void take_run(runs *r, bool right)
{
    const bool odd = r->length % 2 == 1;
    state before = UNKNOWN;
    if (odd && r->left != right)
        before = r->left ? OUTSIDE : INSIDE;
    else if (!odd && !(r->left && right))
        before = INSIDE;
    if (before != UNKNOWN)
        r->at_first = (before == INSIDE) != r->turned ? INSIDE : OUTSIDE;
    if (odd && r->left && right)
        r->turned = !r->turned;
    r->any = true;
    r->length = 0;
}

static void take_bytes(runs *r, const char *bytes, int64_t count)
{
    for (int64_t i = 0; i < count && r->at_first == UNKNOWN; i++) {
        if (bytes[i] == '"') {
            r->length++;
            continue;
        }
        const bool bound = is_bound(r->dialect, bytes[i]);
        if (r->length > 0)
            take_run(r, bound);
        r->left = bound;
        if (r->length == 0 && r->at_first == UNKNOWN && !bound) { /* on to the byte before the next quote */
            const char *quote = memchr(bytes + i, '"', (size_t)(count - i));
            i = quote ? quote - bytes - 1 : count - 1;
            r->left = is_bound(r->dialect, bytes[i]);
        }
    }
}

/* The beginning of the run of quotes that byte *at is in, or *at; whether a field can begin there. */
static hr_status find_beginning(const hr_text_file *file, const hr_dialect *dialect, int64_t *at, bool *left,
                                char *bytes, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t from = *at > MOST_BEFORE ? *at - MOST_BEFORE : 0;
    int64_t held = 0;
    hr_text_stream stream = {0};
    HR_TRY(hr_text_stream_open(&stream, file, from, err));
    for (int64_t got = 1; got > 0 && held <= *at - from; held += got)
        HR_TRY(hr_text_stream_read(&stream, bytes + held, CHUNK - held, &got, err));
    if (held > *at - from)
        while (*at > from && bytes[*at - from] == '"' && bytes[*at - from - 1] == '"')
            --*at;
    *left = *at == 0 || (*at > from && is_bound(dialect, bytes[*at - from - 1]));
done:
    hr_text_stream_close(&stream);
    return status;
}

/* By counting all quotes before `at`. */
static hr_status count_quotes(const hr_text_file *file, int64_t at, bool *inside, char *bytes, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_stream stream = {0};
    int64_t quotes = 0;
    HR_TRY(hr_text_stream_open(&stream, file, 0, err));
    for (int64_t got = 1, done = 0; got > 0 && done < at; done += got) {
        HR_TRY(hr_text_stream_read(&stream, bytes, CHUNK, &got, err));
        for (int64_t i = 0; i < got && done + i < at; i++)
            quotes += bytes[i] == '"';
    }
    *inside = quotes % 2 == 1;
done:
    hr_text_stream_close(&stream);
    return status;
}

/* Whether the lines that are whole in these bytes have the same number of separators, at least one. */
static bool lines_are_alike(const hr_dialect *dialect, const char *bytes, int64_t count)
{
    int first = 0, separators = 0;
    const char *lf = memchr(bytes, '\n', (size_t)count);
    for (const char *at = lf ? lf + 1 : bytes + count; at < bytes + count; at++) {
        if (*at != '\n') {
            separators += hr_separates(dialect->separator, at);
            continue;
        }
        if (separators == 0 || (first > 0 && separators != first))
            return false;
        first = separators;
        separators = 0;
    }
    return first > 0;
}

/* Reads on until a run tells the state, or so many bytes have come that no field in quotes is as long: where the first
 * lines of the file have no quotes and these lines are alike, WITHOUT_QUOTES. *ended is whether the text ends there. */
static hr_status read_runs(hr_text_stream *stream, runs *r, char *bytes, bool *ended, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_text_file *file = stream->file;
    const bool first_lines_have_quotes = memchr(file->sample, '"', (size_t)file->sampled) != NULL;
    int64_t got = 1;
    for (int64_t done = 0; got > 0 && r->at_first == UNKNOWN && done < HR_TEXT_LONGEST_ROW; done += got) {
        HR_TRY(hr_text_stream_read(stream, bytes, CHUNK, &got, err));
        take_bytes(r, bytes, got);
        if (done >= WITHOUT_QUOTES && !first_lines_have_quotes && !r->any && r->length == 0 &&
            lines_are_alike(r->dialect, bytes, got))
            break;
    }
    *ended = got == 0;
done:
    return status;
}

hr_status hr_quote_state(const hr_text_file *file, const hr_dialect *dialect, int64_t *at, bool *inside,
                         hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_stream stream = {0};
    char *bytes = NULL;
    runs r = {.dialect = dialect};
    bool ended = false;
    HR_ALLOC(bytes, CHUNK);
    HR_TRY(find_beginning(file, dialect, at, &r.left, bytes, err));
    HR_TRY(hr_text_stream_open(&stream, file, *at, err));
    HR_TRY(read_runs(&stream, &r, bytes, &ended, err));
    if (r.at_first == UNKNOWN && ended) { /* the text ends outside */
        if (r.length > 0)
            take_run(&r, true);
        *inside = r.at_first == UNKNOWN ? r.turned : r.at_first == INSIDE;
    } else if (r.at_first == UNKNOWN && r.any) {
        HR_TRY(count_quotes(file, *at, inside, bytes, err));
    } else {
        *inside = r.at_first == INSIDE; /* without a quote no row is so long */
    }
done:
    hr_text_stream_close(&stream);
    free(bytes);
    return status;
}
