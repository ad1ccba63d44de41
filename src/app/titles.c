/* Titles of categories and collection types, for every writer alike. */
#include "app/titles.h"

const char *qpp_category_title(enum qpp_category c)
{
	static const char *const titles[QPP_CATEGORIES] = {
		[QPP_QUALITY] = "Quality", [QPP_COST] = "Cost", [QPP_IA] = "Improvement activities",
		[QPP_PI] = "Promoting interoperability",
	};
	return c < QPP_CATEGORIES ? titles[c] : "";
}

const char *qpp_method_title(enum qpp_method m)
{
	static const char *const titles[QPP_METHODS] = {
		[QPP_METHOD_NONE] = "", [QPP_REGISTRY] = "registry", [QPP_EHR] = "electronic health record",
		[QPP_CLAIMS] = "Part B claims", [QPP_ADMIN_CLAIMS] = "administrative claims",
		[QPP_WEB_INTERFACE] = "CMS Web Interface", [QPP_SURVEY_VENDOR] = "certified survey vendor",
	};
	return m < QPP_METHODS ? titles[m] : "";
}
