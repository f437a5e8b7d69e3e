/* README.txt of an exported folder: how scores follow from the rows. */
#include "trainer/export/export_rows.h"
#include "trainer/models/model.h"

#include <inttypes.h>

static void note_scores(const hr_export_rows *r, FILE *out)
{
    const hr_model_config *model = &r->config.model;
    if (r->config.loss.mlp.layers > 0) {
        fprintf(out,
                "An MLP scores pairs of these rows; dot products of them are not the scores, and there is no "
                "index.\n"
                "docs/files.md of halorec has its weights and formula.\n");
        return;
    }
    fprintf(out, "score(user, movie) = users[user] . movies[movie], the dot product of their rows%s.\n",
            r->config.scoring.predicts_ratings ? ", which is a rating" : "");
    if (r->config.scoring.mixture[0] != '\0')
        fprintf(out,
                "halorec mixes it with content and popularity (--mixture %s), which these rows do not say;\n"
                "so there is no index.\n",
                r->config.scoring.mixture);
    if (model->dim > 1)
        fprintf(
            out,
            "Where the model has biases they are columns: column 0 is 1 for a user and the bias of a movie,\n"
            "column 1 the bias of a user and 1 for a movie. The bias of a user does not change the order of\n"
            "the user's movies. Lengths of rows count: long rows of movies are recommended to many, and "
            "cosines\n"
            "give another order than scores.\n");
}

void hr_export_note(const hr_export_rows *r, FILE *out)
{
    fprintf(
        out,
        "Rows of a model of halorec, --model %s: %" PRId64 " users, %" PRId64 " movies, %" PRId64
        " columns, float32.\n\n"
        "users, movies                the rows that score, of the best epoch by validation, or of the last\n"
        "users_layer0, movies_layer0  the parameters that they were made of\n"
        "user_ids.txt                 the id of each row of users, as the original data has it\n"
        "movie_ids.txt, titles.txt    the id and the title of each row of movies\n\n",
        r->config.model.table->name, r->users, r->movies, r->config.model.dim);
    note_scores(r, out);
    if (hr_export_is_dot_product(r))
        fprintf(out,
                "\nindex_users, index_movies    the same with one column more, for an index of nearest "
                "neighbours\n"
                "(faiss, hnswlib): (y, sqrt(M^2 - |y|^2)) for a movie, M being the largest length of a "
                "movie's row,\n"
                "and (x, 0) for a user. All movies then have the length M, so inner product, cosine and "
                "distance\n"
                "give one order, that of the scores; the inner product is the score\n"
                "(Bachrach et al., RecSys 2014). Not written with --format tsv.\n");
}
