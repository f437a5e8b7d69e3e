/* Values as Python prints them, which data sets hold where JSON was meant: [{'id': 16, 'name': 'Animation'}]. */
#ifndef HR_IO_SIDE_PYTHON_LITERAL_H
#define HR_IO_SIDE_PYTHON_LITERAL_H

#include "io/base/error.h"
#include "io/base/json.h"
#include "io/text/text_piece.h"

/* Reads JSON, or else what Python prints for lists, tuples, dictionaries, strings, numbers, None, True and False, into
 * *value, the caller's to json_decref; NULL where it is neither. HR_MEMORY. */
hr_status hr_python_literal(hr_text_piece text, json_t **value, hr_error *err);

#endif
