#include "trainer/page/page.h"

#include "io/charts/gnuplot.h"
#include "io/vectors/new_folder.h"
#include "trainer/page/data_section.h"
#include "trainer/page/model_sections.h"
#include "trainer/page/training_section.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Everything of a page of one run. */
typedef struct gathered {
    hr_runs runs;
    hr_run_model model;
    hr_quality quality;
} gathered;

static void gathered_free(gathered *g)
{
    hr_quality_free(&g->quality);
    hr_run_model_free(&g->model);
    hr_runs_free(&g->runs);
}

/* The figures that somebody wants first. */
static void print_cards(hr_html *html, const gathered *g)
{
    const hr_quality *q = &g->quality;
    hr_html_cards(html);
    if (q->measured) {
        hr_html_card(html, "recall@20", "%.4f", q->model.metrics.at[1].recall);
        hr_html_card(html, "ndcg@20", "%.4f", q->model.metrics.at[1].ndcg);
        hr_html_card(html, "AUC", "%.4f", q->model.metrics.auc);
        hr_html_card(html, "coverage of 20", "%.1f %%", 100.0 * q->model.lists[1].coverage);
    }
    if (q->measured && q->model.has_errors)
        hr_html_card(html, "RMSE", "%.4f", q->model.errors.rmse);
    if (g->runs.count > 0) {
        hr_html_card(html, "epochs", "%.0f", hr_history_last(&g->runs.history[0], "epoch"));
        hr_html_card(html, "training", "%.1f s", hr_history_total(&g->runs.history[0], "elapsed"));
        if (isfinite(hr_history_last(&g->runs.history[0], "ranks")))
            hr_html_card(html, "ranks", "%.0f", hr_history_last(&g->runs.history[0], "ranks"));
    }
    hr_html_card(html, "users", "%" PRId64, g->model.loaded.data.users);
    hr_html_card(html, "movies", "%" PRId64, g->model.loaded.data.movies);
    hr_html_card(html, "ratings", "%" PRId64, g->model.loaded.data.ratings);
    hr_html_cards_end(html);
}

static void print_contents(hr_html *html, bool has_log)
{
    static const char *const ids[] = {"curves", "time", "quality", "map",        "users",
                                      "data",   "tags", "options", "provenance", NULL};
    static const char *const titles[] = {
        "Training", "Time and exchange", "Quality", "Map of movies", "Users", "The data", "Tags",
        "Options",  "Provenance",        NULL};
    const int first = has_log ? 0 : 2;
    hr_html_contents(html, ids + first, titles + first);
}

/* Of one run. */
static hr_status write_run(hr_html *html, const hr_page_request *request, const gathered *g, hr_error *err)
{
    hr_status status = HR_OK;
    char title[HR_HTML_CELL + 96];
    const char *source = g->model.loaded.data.source, *folder = strrchr(source, '/');
    snprintf(title, sizeof title, "halorec: %s on %.96s", g->model.trained.model,
             folder && folder[1] ? folder + 1 : source);
    hr_html_begin(html, title);
    print_contents(html, g->runs.count > 0);
    print_cards(html, g);
    if (g->runs.count > 0) {
        HR_TRY(hr_page_curves(html, &g->runs, err));
        HR_TRY(hr_page_times(html, &g->runs, err));
    }
    HR_TRY(hr_page_quality(html, &g->model, &g->quality, err));
    HR_TRY(hr_page_map(html, &g->model, err));
    HR_TRY(hr_page_users(html, &g->model, HR_PAGE_USERS, err));
    HR_TRY(hr_page_data(html, &g->model, err));
    HR_TRY(hr_page_tags(html, &g->model, err));
    HR_TRY(hr_page_provenance(html, &g->model, request->partition, err));
    hr_html_end(html);
done:
    return status;
}

/* Of several runs side by side. */
static hr_status write_runs(hr_html *html, const hr_runs *runs, hr_error *err)
{
    static const char *const ids[] = {"runs", "curves", "time", NULL};
    static const char *const titles[] = {"Runs", "Training", "Time and exchange", NULL};
    hr_status status = HR_OK;
    hr_html_begin(html, runs->count == 1 ? "halorec: a run" : "halorec: runs side by side");
    hr_html_contents(html, ids, titles);
    hr_html_section(html, "runs", "Runs");
    hr_page_compare(html, runs);
    hr_html_section_end(html);
    HR_TRY(hr_page_curves(html, runs, err));
    HR_TRY(hr_page_times(html, runs, err));
    hr_html_end(html);
done:
    return status;
}

/* All that comes from files. */
static hr_status gather(const hr_page_request *request, gathered *g, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_runs_read(&g->runs, request->log, request->logs, err));
    if (request->checkpoint) {
        HR_TRY(hr_run_model_load(&g->model, request->checkpoint, request->dataset, err));
        HR_TRY(hr_quality_measure(&g->quality, &g->model, err));
    }
done:
    return status;
}

/* The page as a file of the folder, flushed to the disk. */
static hr_status write_file(const hr_new_folder *folder, const hr_page_request *request, const gathered *g,
                            hr_page_summary *summary, hr_error *err)
{
    hr_status status = HR_OK;
    char path[PATH_MAX];
    hr_html html = {.out = NULL};
    HR_TRY(hr_new_folder_file(folder, "index.html", path, err));
    html.out = fopen(path, "we");
    if (!html.out)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno)));
    HR_TRY(request->checkpoint ? write_run(&html, request, g, err) : write_runs(&html, &g->runs, err));
    if (fflush(html.out) != 0 || ferror(html.out) || fsync(fileno(html.out)) != 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno)));
    *summary = (hr_page_summary){html.sections, html.charts};
done:
    if (html.out)
        fclose(html.out);
    return status;
}

hr_status hr_page_write(const hr_page_request *request, hr_page_summary *summary, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    gathered g = {.runs = {0}};
    hr_new_folder folder = {.comm = NULL};
    HR_TRY(hr_gnuplot_check("halorec report", err));
    HR_TRY(hr_new_folder_begin(&folder, &alone, request->out, err));
    HR_TRY(gather(request, &g, err));
    HR_TRY(write_file(&folder, request, &g, summary, err));
    HR_TRY(hr_new_folder_publish(&folder, err));
done:
    hr_new_folder_end(&folder);
    gathered_free(&g);
    return status;
}
