#include "io/text/rows.h"

#include "io/base/memory.h"
#include "io/text/row_parser.h"
#include "io/text/text_reader.h"

#include <string.h>

hr_status hr_text_rows(const hr_text_file *file, const hr_dialect *dialect, int64_t begin, int64_t end,
                       hr_take_row *take, void *context, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_reader *reader = NULL;
    hr_row_parser parser = {0};
    hr_row *row = NULL;
    hr_text_block block;
    HR_ALLOC(row, 1);
    HR_TRY(hr_text_reader_open(&reader, file, dialect, begin, end, err));
    HR_TRY(hr_text_next(reader, &block, err));
    while (block.length > 0) {
        HR_TRY(hr_row_parser_begin(&parser, dialect, &block, err));
        while (hr_row_parser_next(&parser, row))
            HR_TRY(take(context, row, err));
        HR_TRY(hr_text_next(reader, &block, err));
    }
done:
    hr_text_reader_close(reader);
    hr_row_parser_free(&parser);
    free(row);
    return status;
}

hr_status hr_text_sample_rows(const hr_text_file *file, const hr_dialect *dialect, hr_take_row *take,
                              void *context, hr_error *err)
{
    hr_status status = HR_OK;
    hr_row_parser parser = {0};
    hr_row *row = NULL;
    char *copy = NULL;
    HR_ALLOC(row, 1);
    HR_ALLOC(copy, file->sampled + 2 * HR_TEXT_PADDING);
    memcpy(copy + HR_TEXT_PADDING, file->sample, (size_t)file->sampled);
    const hr_text_block block = {.at = copy + HR_TEXT_PADDING,
                                 .length = file->sampled,
                                 .offset = hr_text_counted_mark(file),
                                 .high = true};
    HR_TRY(hr_row_parser_begin(&parser, dialect, &block, err));
    while (hr_row_parser_next(&parser, row))
        HR_TRY(take(context, row, err));
done:
    hr_row_parser_free(&parser);
    free(copy);
    free(row);
    return status;
}
