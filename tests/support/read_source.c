#include "tests/support/read_source.h"

#include "tests/support/folder.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Writes a time, "-" where it is unknown. */
static const char *time_text(int64_t time, char text[32])
{
    snprintf(text, 32, time == HR_NO_TIME ? "-" : "%" PRId64, time);
    return text;
}

hr_status read_text_add_rows(void *context, const hr_rating_rows *rows, hr_error *err)
{
    read_text *out = context;
    (void)err;
    for (int64_t i = 0; i < rows->count; i++) {
        const size_t length = strlen(out->rows);
        char time[32];
        out->parts[strlen(out->parts)] = "tve"[rows->split];
        snprintf(out->rows + length, READ_LENGTH - length, "%.*s %.*s %.9g %s\n", HR_PIECE(rows->user[i]),
                 HR_PIECE(rows->item[i]), (double)rows->value[i], time_text(rows->time[i], time));
    }
    return HR_OK;
}

static hr_status add_item(void *context, const hr_item_row *item, hr_error *err)
{
    read_text *out = context;
    (void)err;
    char *at = out->items + strlen(out->items), *end = out->items + sizeof out->items;
    at += snprintf(at, (size_t)(end - at), "%.*s [%.*s] ", HR_PIECE(item->id), HR_PIECE(item->title));
    for (int64_t g = 0; g < item->genres; g++)
        at += snprintf(at, (size_t)(end - at), "%s%.*s", g ? "|" : "", HR_PIECE(item->genre[g]));
    snprintf(at, (size_t)(end - at), " %d %" PRId64 " %" PRId64 "\n", item->year, item->imdb, item->tmdb);
    return HR_OK;
}

static hr_status add_tag(void *context, const hr_tag_row *tag, hr_error *err)
{
    read_text *out = context;
    char time[32];
    (void)err;
    snprintf(out->tags + strlen(out->tags), sizeof out->tags - strlen(out->tags), "%.*s %.*s [%.*s] %s\n",
             HR_PIECE(tag->user), HR_PIECE(tag->item), HR_PIECE(tag->text), time_text(tag->time, time));
    return HR_OK;
}

hr_status read_side(const char *path, const hr_source_options *options, read_text *out, hr_error *err)
{
    hr_source *source = NULL;
    hr_status status = HR_OK;
    hr_side_report report = {0};
    memset(out, 0, sizeof *out);
    HR_TRY(hr_source_open(&source, path, options, err));
    HR_TRY(hr_source_items(source, add_item, out, &report, err));
    HR_TRY(hr_source_tags(source, add_tag, out, &report, err));
    for (int i = 0; i < report.listed; i++)
        snprintf(out->side + strlen(out->side), sizeof out->side - strlen(out->side), "%s\n",
                 report.message[i]);
    if (report.count > 0)
        snprintf(out->side + strlen(out->side), sizeof out->side - strlen(out->side), "%" PRId64 " bad\n",
                 report.count);
done:
    hr_source_close(source);
    return status;
}

hr_status read_source(const char *path, const hr_source_options *options, int64_t pieces, read_text *out,
                      hr_error *err)
{
    hr_source *source = NULL;
    hr_status status = HR_OK;
    memset(out, 0, sizeof *out);
    HR_TRY(hr_source_open(&source, path, options, err));
    const hr_source_facts *facts = hr_source_facts_of(source);
    for (int64_t i = 0; i < facts->said.count; i++)
        snprintf(out->said + strlen(out->said), sizeof out->said - strlen(out->said), "%s\n",
                 hr_strings_at(&facts->said, i));
    for (int64_t piece = 0; piece < pieces; piece++) {
        hr_bad_lines bad = {0};
        HR_TRY(hr_source_read(source, piece, pieces, read_text_add_rows, out, &bad, err));
        hr_bad_lines_merge(&out->bad, &bad);
    }
    HR_TRY(hr_source_check_bad(source, &out->bad, err));
done:
    hr_source_close(source);
    return status;
}

const char *write_bytes(const char *name, const char *bytes, size_t count)
{
    FILE *file = fopen(in_folder(name), "wb");
    if (!file || fwrite(bytes, 1, count, file) != count || fclose(file) != 0)
        abort();
    return in_folder(name);
}

void make_source(const source_files file)
{
    remove_tree(in_folder("case"));
    mkdir(in_folder("case"), 0777);
    for (int f = 0; f < SOURCE_FILES && file[f][0]; f++) {
        char name[256];
        snprintf(name, sizeof name, "case/%s", file[f][0]);
        char *slash = strrchr(name, '/');
        *slash = '\0';
        mkdir(in_folder(name), 0777);
        *slash = '/';
        write_file(name, file[f][1]);
    }
}
