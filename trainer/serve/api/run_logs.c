#include "trainer/serve/api/run_logs.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "trainer/history/history.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char suffix[] = ".jsonl";

/* Logs have some hundred bytes an epoch. */
enum { MOST_BYTES = 64 * 1024 * 1024 };

bool hr_run_name_fits(const char *name)
{
    size_t length = 0;
    for (; name[length]; length++)
        if (!isalnum((unsigned char)name[length]) && !strchr("._-+", name[length]))
            return false;
    return length > 0 && length < HR_RUN_NAME && name[0] != '.';
}

/* The path of a log; false where there is no such file, or one that is no log. */
static bool find_log(const char *folder, const char *name, char path[PATH_MAX], int64_t *changed)
{
    struct stat file;
    const int length = snprintf(path, PATH_MAX, "%s/%s%s", folder, name, suffix);
    if (length >= PATH_MAX || stat(path, &file) != 0 || !S_ISREG(file.st_mode) || file.st_size > MOST_BYTES)
        return false;
    *changed = (int64_t)file.st_mtime;
    return true;
}

/* The last figures that are no times of parts. */
static json_t *last_json(const hr_history *h)
{
    json_t *object = json_object();
    for (int c = 0; c < h->columns; c++) {
        const double value = hr_history_last(h, h->column[c].name);
        if (!strchr(h->column[c].name, '.') && isfinite(value))
            json_object_set_new(object, h->column[c].name, json_real(value));
    }
    return object;
}

static void add_best(const hr_history *h, json_t *object)
{
    bool highest = true;
    const char *figure = hr_history_figure(h, &highest);
    const int64_t line = figure ? hr_history_best(h, figure, highest) : -1;
    if (line >= 0)
        json_object_set_new(object, "best",
                            json_pack("{s:s, s:f, s:f}", "figure", figure, "value",
                                      hr_history_find(h, figure)[line], "epoch",
                                      hr_history_find(h, "epoch")[line]));
}

/* Appends what a log says; nothing where it says nothing. */
static hr_status append_run(const char *folder, const char *name, json_t *list, hr_error *err)
{
    char path[PATH_MAX];
    int64_t changed = 0;
    hr_history history = {0};
    if (!find_log(folder, name, path, &changed))
        return HR_OK;
    const hr_status status = hr_history_read(&history, path, err);
    if (status == HR_OK) {
        json_t *object =
            json_pack("{s:s, s:I, s:b, s:I, s:o}", "name", name, "changed", (json_int_t)changed, "done",
                      (int)history.done, "lines", (json_int_t)history.lines, "last", last_json(&history));
        add_best(&history, object);
        json_array_append_new(list, object);
    }
    hr_history_free(&history);
    return status == HR_MEMORY ? status : HR_OK;
}

/* Whether the name of a file is that of a log; `name` receives the run's. */
static bool take_name(const char *file, char name[HR_RUN_NAME])
{
    const size_t length = strlen(file), end = strlen(suffix);
    if (length <= end || length - end >= HR_RUN_NAME || strcmp(file + length - end, suffix) != 0)
        return false;
    memcpy(name, file, length - end);
    name[length - end] = '\0';
    return hr_run_name_fits(name);
}

static json_int_t change_of(const void *run)
{
    return json_integer_value(json_object_get(*(json_t *const *)run, "changed"));
}

static int latest_first(const void *a, const void *b)
{
    const json_int_t x = change_of(a), y = change_of(b);
    return x != y ? (x < y ? 1 : -1)
                  : strcmp(json_string_value(json_object_get(*(json_t *const *)a, "name")),
                           json_string_value(json_object_get(*(json_t *const *)b, "name")));
}

/* A list in order of time; takes `list` over. */
static hr_status sort_runs(json_t *list, json_t **value, hr_error *err)
{
    hr_status status = HR_OK;
    const size_t count = json_array_size(list);
    json_t **run = NULL, *sorted = json_array();
    HR_ALLOC(run, (int64_t)count + 1);
    for (size_t i = 0; i < count; i++)
        run[i] = json_array_get(list, i);
    qsort(run, count, sizeof(json_t *), latest_first);
    for (size_t i = 0; i < count; i++)
        json_array_append(sorted, run[i]);
    *value = json_pack("{s:O}", "runs", sorted);
done:
    json_decref(sorted);
    json_decref(list);
    free(run);
    return status;
}

hr_status hr_run_logs_list(const char *folder, json_t **list, hr_error *err)
{
    hr_status status = HR_OK;
    char name[HR_RUN_NAME];
    json_t *runs = json_array();
    DIR *open = opendir(folder);
    if (!open)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", folder, strerror(errno)));
    for (struct dirent *entry = readdir(open); entry && json_array_size(runs) < HR_MOST_RUNS;
         entry = readdir(open))
        if (take_name(entry->d_name, name))
            HR_TRY(append_run(folder, name, runs, err));
    HR_TRY(sort_runs(json_incref(runs), list, err));
done:
    json_decref(runs);
    if (open)
        closedir(open);
    return status;
}

/* What is read of a log. */
typedef struct log_reader {
    const hr_run_lines *wanted;
    int64_t lines; /* of the file */
    int64_t next, bad;
    off_t last; /* where the last whole line begins */
    json_t *list;
    char *line;
    size_t room;
} log_reader;

static hr_status add_line(log_reader *r, size_t length, hr_error *err)
{
    json_t *object = json_loadb(r->line, length, 0, NULL);
    if (json_is_object(object))
        json_array_append(r->list, object);
    else
        r->bad++;
    json_decref(object);
    r->next = r->lines;
    return hr_json_check("a line of the log", err);
}

/* Reads the whole lines from number `since` on. */
static hr_status read_lines(log_reader *r, FILE *file, int64_t since, hr_error *err)
{
    hr_status status = HR_OK;
    ssize_t length = 0;
    r->lines = 0;
    r->next = since;
    rewind(file);
    for (off_t at = 0; (length = getline(&r->line, &r->room, file)) > 0 && r->line[length - 1] == '\n';
         at += length) {
        r->last = at;
        r->lines++;
        if (r->lines > since && r->lines <= since + r->wanted->most)
            HR_TRY(add_line(r, (size_t)length, err));
    }
done:
    return status;
}

/* Whether the last line is a run's last. */
static bool is_done(log_reader *r, FILE *file)
{
    const bool begins = r->lines > 0 && fseeko(file, r->last, SEEK_SET) == 0;
    const ssize_t length = begins ? getline(&r->line, &r->room, file) : 0;
    json_t *object = length > 0 ? json_loadb(r->line, (size_t)length, 0, NULL) : NULL;
    const bool done = json_is_true(json_object_get(object, "done"));
    json_decref(object);
    return done;
}

hr_status hr_run_log_read(const char *folder, const hr_run_lines *wanted, json_t **value, bool *found,
                          hr_error *err)
{
    hr_status status = HR_OK;
    char path[PATH_MAX];
    int64_t changed = 0, since = wanted->since;
    log_reader r = {.wanted = wanted, .list = json_array()};
    FILE *file = find_log(folder, wanted->name, path, &changed) ? fopen(path, "re") : NULL;
    *found = file != NULL;
    if (!file)
        goto done;
    HR_TRY(read_lines(&r, file, since, err));
    if (r.lines < since) {
        since = 0;
        HR_TRY(read_lines(&r, file, since, err));
    }
    *value = json_pack("{s:s, s:I, s:I, s:O, s:I, s:b}", "name", wanted->name, "since", (json_int_t)since,
                       "next", (json_int_t)r.next, "lines", r.list, "bad", (json_int_t)r.bad, "done",
                       (int)is_done(&r, file));
done:
    json_decref(r.list);
    free(r.line);
    if (file)
        fclose(file);
    return status;
}
