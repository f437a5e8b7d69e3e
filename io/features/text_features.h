/* TF-IDF of what is written about movies: words of titles, genres, tags. */
#ifndef HR_IO_FEATURES_TEXT_FEATURES_H
#define HR_IO_FEATURES_TEXT_FEATURES_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "io/dataset/text_matrix.h"

#include <stdint.h>

/* Makes the text features of a dataset that has been split, into *text, which is empty; usually
 * dataset->text.
 *
 * Title words are as hr_title_words gives them; one that is in a single movie matches nothing and is no term.
 * Genres are all terms (the readers know "(no genres listed)" for none). Tags are as hr_tag_clean gives them,
 * limited by the options in the order of the members; ties are broken by name. Terms are numbered by kind,
 * title words and tags by name, genres as in the dataset.
 *
 * No held-out edge is in the features: a tag that a user gave to a movie counts nowhere if the user's rating
 * of the movie is HR_VALID or HR_TEST. A tag without a rating counts. (Ratings that a later --valid of a
 * training holds out of the train part are still HR_TRAIN here; a training that reads text refuses --valid.)
 *
 * The weight of a term that is c times in a movie (a tag: applied c times), and in df of all N movies, is
 *
 *     (1 + ln c) x (ln((1 + N) / (1 + df)) + 1),   each row then scaled to length 1:
 *
 * scikit-learn's TfidfTransformer with smooth_idf, sublinear_tf and norm "l2". The logarithm keeps a tag that
 * many users gave a popular movie from dominating its row. HR_MEMORY; *text is then empty. */
hr_status hr_text_build(const hr_dataset *dataset, const hr_text_options *options, hr_text *text,
                        hr_error *err);

/* The same of a dataset whose ratings are spread over ranks, each with those of its users: titles, genres and
 * tags are on rank 0, which makes the features. Collective. HR_MEMORY, HR_COMM. */
hr_status hr_text_build_ranks(const hr_comm *comm, const hr_dataset *dataset, const hr_text_options *options,
                              hr_text *text, hr_error *err);

#endif
