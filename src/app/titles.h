/* Categories and collection types in the words that a reader expects. */
#ifndef QPP_APP_TITLES_H
#define QPP_APP_TITLES_H

#include "qpp/catalog.h"

const char *qpp_category_title(enum qpp_category c);
const char *qpp_method_title(enum qpp_method m);          /* a collection type */

#endif
