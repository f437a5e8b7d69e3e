#include "io/formats/format.h"

const hr_format *const hr_formats[] = {
    &hr_format_netflix,   &hr_format_recbole,       &hr_format_book_crossing,
    &hr_format_goodbooks, &hr_format_hetrec,        &hr_format_lastfm,
    &hr_format_steam,     &hr_format_movielens,     &hr_format_amazon,
    &hr_format_check_ins, &hr_format_matrix_market, &hr_format_json,
    &hr_format_lightgcn,  &hr_format_table,         NULL};
