#include "io/base/memory.h"
#include "trainer/figures/chosen_users.h"
#include "trainer/figures/reasons.h"
#include "trainer/page/model_sections.h"
#include "trainer/recommend/topk.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { HISTORY = 8, LIST = 10 };

/* Memory to rank movies for one user after the other. */
typedef struct workspace {
    hr_score_workspace scoring;
    hr_reasons reasons;
    float *score;  /* [movies] */
    uint8_t *held; /* [movies] whether the user has it in the held-out parts */
    hr_topk best;
    float best_score[LIST];
    int32_t best_movie[LIST];
} workspace;

static void workspace_free(workspace *w)
{
    hr_reasons_free(&w->reasons);
    hr_score_workspace_free(&w->scoring);
    free(w->score);
    free(w->held);
}

static hr_status workspace_create(workspace *w, const hr_run_model *model, hr_error *err)
{
    hr_status status = HR_OK;
    w->best = (hr_topk){.k = LIST, .score = w->best_score, .item = w->best_movie};
    HR_TRY(hr_reasons_create(&w->reasons, model, err));
    HR_TRY(hr_score_workspace_create(&w->scoring, &model->loaded.scorer, err));
    HR_ALLOC(w->score, model->catalogue.movies);
    HR_ALLOC(w->held, model->catalogue.movies);
done:
    return status;
}

/* The best movies that training has not seen the user rate. */
static void rank_movies(workspace *w, const hr_run_model *model, int64_t user)
{
    const hr_ratings *ratings = &model->loaded.ratings;
    const int64_t movies = model->catalogue.movies;
    w->best.count = 0;
    hr_score_load_users(&model->loaded.scorer, &w->scoring, &user, 1);
    hr_score_movies(&model->loaded.scorer, &w->scoring, 0, movies, movies, w->score);
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++) {
        const bool known = ratings->split[i] == HR_TRAIN || ratings->split[i] == HR_KNOWN;
        if (known)
            w->score[ratings->movie[i]] = NAN;
        w->held[ratings->movie[i]] = !known;
    }
    hr_topk_offer(&w->best, w->score, 0, movies);
}

static void forget_held(workspace *w, const hr_ratings *ratings, int64_t user)
{
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++)
        w->held[ratings->movie[i]] = 0;
}

static void print_movie(hr_html *html, const hr_run_model *model, int32_t movie)
{
    char buffer[HR_ID_BUFFER];
    const char *title = hr_strings_at(&model->catalogue.title, movie);
    hr_markup_text(html->out, *title ? title : hr_ids_text(&model->catalogue.id, movie, buffer));
}

static void print_genres(hr_html *html, const hr_run_model *model, int32_t movie)
{
    const hr_genres *genres = &model->catalogue.genres;
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1]; i++) {
        fputs(i == genres->ptr[movie] ? " <small>" : ", ", html->out);
        hr_markup_text(html->out, hr_strings_at(&genres->name, genres->genre[i]));
    }
    fputs(hr_genres_of(genres, movie) > 0 ? "</small>" : "", html->out);
}

static void print_history(hr_html *html, const hr_run_model *model, const hr_liked *liked, int64_t count)
{
    fputs("<div><h4>Rated highest</h4>\n<ol>\n", html->out);
    for (int64_t i = 0; i < count && i < HISTORY; i++) {
        fputs("<li>", html->out);
        print_movie(html, model, liked[i].movie);
        fprintf(html->out, " <small>%g</small></li>\n", (double)liked[i].value);
    }
    fputs("</ol></div>\n", html->out);
}

static void print_reason(hr_html *html, const char *text)
{
    fputs("<br/><small>", html->out);
    hr_markup_text(html->out, text);
    fputs("</small>", html->out);
}

static void print_list(hr_html *html, const hr_run_model *model, const workspace *w, const hr_sentences *why)
{
    fputs("<div><h4>Recommended</h4>\n<ol>\n", html->out);
    for (int64_t i = 0; i < w->best.count; i++) {
        const bool found = w->held[w->best_movie[i]];
        fputs(found ? "<li class=\"found\">" : "<li>", html->out);
        print_movie(html, model, w->best_movie[i]);
        fputs(found ? " ✓" : "", html->out);
        print_genres(html, model, w->best_movie[i]);
        if (i < why->count)
            print_reason(html, why->text[i]);
        fputs("</li>\n", html->out);
    }
    fputs("</ol></div>\n", html->out);
}

static hr_status print_user(hr_html *html, const hr_run_model *model, workspace *w, int64_t user,
                            hr_error *err)
{
    hr_status status = HR_OK;
    char title[HR_TEXT_LENGTH], buffer[HR_ID_BUFFER];
    hr_liked *liked = NULL;
    hr_ids id = {0};
    int64_t count = 0;
    hr_sentences why;
    HR_TRY(hr_liked_movies(model, user, &liked, &count, &id, err));
    rank_movies(w, model, user);
    HR_TRY(hr_reasons_of(&w->reasons, user, w->best_movie, w->best.count, &why, err));
    snprintf(title, sizeof title, "User %s: %" PRId64 " ratings to learn from", hr_ids_text(&id, 0, buffer),
             count);
    fputs("<div class=\"user\">\n", html->out);
    hr_html_element(html, "h3", title);
    fputs("<div class=\"lists\">\n", html->out);
    print_history(html, model, liked, count);
    print_list(html, model, w, &why);
    fputs("</div>\n</div>\n", html->out);
    forget_held(w, &model->loaded.ratings, user);
done:
    hr_ids_free(&id);
    free(liked);
    return status;
}

hr_status hr_page_users(hr_html *html, const hr_run_model *model, int64_t users, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *user = NULL, count = 0;
    workspace w = {0};
    HR_TRY(hr_choose_users(model, users, &user, &count, err));
    HR_TRY(workspace_create(&w, model, err));
    hr_html_section(html, "users", "Some users, and what they are recommended");
    hr_html_element(
        html, "p",
        "From the least active to the most active. A movie with ✓ is one that the user has rated in the part "
        "that training did not see. The first three are explained by the movies that carry their scores.");
    fputs("<div class=\"users\">\n", html->out);
    for (int64_t i = 0; i < count; i++)
        HR_TRY(print_user(html, model, &w, user[i], err));
    fputs("</div>\n", html->out);
    hr_html_section_end(html);
done:
    workspace_free(&w);
    free(user);
    return status;
}
