/* What `similar` and `tags` have in common: a movie of a trained model, and what movies are compared by. */
#ifndef HR_TRAINER_COMMANDS_MOVIE_QUESTION_H
#define HR_TRAINER_COMMANDS_MOVIE_QUESTION_H

#include "io/options/command.h"
#include "trainer/similar/similar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hr_movie_options {
    char movie[HR_TEXT_LENGTH];
    int64_t top;
    int by;
    bool json;
} hr_movie_options;

/* The rows of a table of options; `tops` and `ways` say what --top and --by do. */
#define HR_MOVIE_OPTIONS(tops, ways)                                                                         \
    {"movie",                                                                                                \
     "ID|TITLE",                                                                                             \
     HR_OPTION_TEXT,                                                                                         \
     HR_OPTION_CALL,                                                                                         \
     offsetof(hr_movie_options, movie),                                                                      \
     0,                                                                                                      \
     0,                                                                                                      \
     NULL,                                                                                                   \
     "the movie's id, as the original data has it, or its title"},                                           \
        {"top", "N", HR_OPTION_INT, HR_OPTION_CALL, offsetof(hr_movie_options, top), 1, 1000, NULL, tops},   \
        {"by",                                                                                               \
         "embedding|content|both",                                                                           \
         HR_OPTION_CHOICE,                                                                                   \
         HR_OPTION_CALL,                                                                                     \
         offsetof(hr_movie_options, by),                                                                     \
         0,                                                                                                  \
         0,                                                                                                  \
         hr_similar_ways,                                                                                    \
         ways},                                                                                              \
        {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL,         offsetof(hr_movie_options, json),             \
         0,      0,    NULL,           "print one JSON object"},                                             \
        {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},                         \
    {                                                                                                        \
        0                                                                                                    \
    }

extern const hr_movie_options hr_movie_defaults;

/* What is read. It must stay where it is. Zero-initialise; free with hr_movie_question_free. */
typedef struct hr_movie_question {
    hr_catalogue catalogue;
    hr_loaded loaded;
    hr_movie_comparer comparer;
    hr_similar_request request;
} hr_movie_question;

/* Reads the checkpoint and the dataset that the line names, and finds its movie, for a command of this name. Collective. */
hr_status hr_movie_question_read(hr_movie_question *question, const hr_comm *comm, const char *command,
                                 const hr_call *call, hr_error *err);
void hr_movie_question_free(hr_movie_question *question);

#endif
