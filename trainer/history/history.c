#include "trainer/history/history.h"

#include "io/base/json.h"
#include "io/base/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void hr_history_free(hr_history *history)
{
    for (int c = 0; c < history->columns; c++)
        free(history->column[c].value);
    *history = (hr_history){0};
}

static int find_column(const hr_history *h, const char *name)
{
    for (int c = 0; c < h->columns; c++)
        if (strcmp(h->column[c].name, name) == 0)
            return c;
    return -1;
}

/* Sets a number of the line that is being added. */
static hr_status set(hr_history *h, const char *name, double value, hr_error *err)
{
    hr_status status = HR_OK;
    int at = find_column(h, name);
    if (at < 0 && (h->columns == HR_HISTORY_COLUMNS || strlen(name) >= HR_HISTORY_NAME))
        return HR_OK;
    if (at < 0) {
        at = h->columns++;
        h->column[at] = (hr_history_column){.value = NULL};
        strcpy(h->column[at].name, name);
        HR_GROW(h->column[at].value, h->column[at].capacity, h->lines + 1);
        for (int64_t i = 0; i < h->lines; i++)
            h->column[at].value[i] = NAN;
    }
    HR_GROW(h->column[at].value, h->column[at].capacity, h->lines + 1);
    h->column[at].value[h->lines] = value;
done:
    return status;
}

static hr_status begin_line(hr_history *h, hr_error *err)
{
    hr_status status = HR_OK;
    for (int c = 0; c < h->columns; c++)
        HR_TRY(set(h, h->column[c].name, NAN, err));
done:
    return status;
}

static hr_status set_object(hr_history *h, const char *prefix, json_t *object, hr_error *err)
{
    hr_status status = HR_OK;
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value)
    {
        char name[2 * HR_HISTORY_NAME];
        const int length = snprintf(name, sizeof name, "%s%s%s", prefix, *prefix ? "." : "", key);
        if (json_is_number(value) && length < HR_HISTORY_NAME)
            HR_TRY(set(h, name, json_number_value(value), err));
        else if (json_is_object(value) && !*prefix)
            HR_TRY(set_object(h, key, value, err));
    }
done:
    return status;
}

/* Forgets lines from this epoch on. */
static void rewind_to(hr_history *h, double epoch)
{
    const double *epochs = hr_history_find(h, "epoch");
    while (epochs && h->lines > 0 && epochs[h->lines - 1] >= epoch)
        h->lines--;
}

hr_status hr_history_add(hr_history *history, const char *line, int64_t length, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *object = json_loadb(line, (size_t)length, 0, NULL);
    HR_TRY(hr_json_check("a line of the log", err));
    if (!json_is_number(json_object_get(object, "epoch"))) {
        history->bad++;
        goto done;
    }
    rewind_to(history, json_number_value(json_object_get(object, "epoch")));
    HR_TRY(begin_line(history, err));
    HR_TRY(set_object(history, "", object, err));
    history->lines++;
    history->done = json_is_true(json_object_get(object, "done"));
done:
    json_decref(object);
    return status;
}

const double *hr_history_find(const hr_history *history, const char *name)
{
    const int at = find_column(history, name);
    return at < 0 ? NULL : history->column[at].value;
}

double hr_history_last(const hr_history *history, const char *name)
{
    const double *value = hr_history_find(history, name);
    for (int64_t i = history->lines - 1; value && i >= 0; i--)
        if (isfinite(value[i]))
            return value[i];
    return NAN;
}

int64_t hr_history_best(const hr_history *history, const char *name, bool highest)
{
    const double *value = hr_history_find(history, name);
    int64_t best = -1;
    for (int64_t i = 0; value && i < history->lines; i++)
        if (isfinite(value[i]) && (best < 0 || (highest ? value[i] > value[best] : value[i] < value[best])))
            best = i;
    return best;
}

double hr_history_total(const hr_history *history, const char *name)
{
    const double *value = hr_history_find(history, name);
    double total = 0.0, before = 0.0;
    for (int64_t i = 0; value && i < history->lines; i++) {
        if (!isfinite(value[i]))
            continue;
        total += value[i] >= before ? value[i] - before : value[i];
        before = value[i];
    }
    return total;
}

const char *hr_history_figure(const hr_history *history, bool *highest)
{
    *highest = true;
    for (int c = 0; c < history->columns; c++)
        if (strncmp(history->column[c].name, "recall@", strlen("recall@")) == 0)
            return history->column[c].name;
    *highest = false;
    return hr_history_find(history, "rmse") ? "rmse" : NULL;
}
