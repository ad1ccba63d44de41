/* The style sheet of every page, NUL-terminated. It stands inside each page, so that a page is one file. */
#ifndef QPP_HTML_STYLE_H
#define QPP_HTML_STYLE_H

extern const char qpp_html_style[];

#endif
