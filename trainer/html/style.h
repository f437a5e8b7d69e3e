/* What a page is like on light and dark screens of any width, and on paper. */
#ifndef HR_TRAINER_HTML_STYLE_H
#define HR_TRAINER_HTML_STYLE_H

/* CSS. It has none of the signs that XML reads. */
extern const char *const hr_page_style;

#endif
