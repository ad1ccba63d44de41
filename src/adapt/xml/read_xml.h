/*
 * XML to the document tree of adapt/json/doc.h, so that one reader and its
 * findings serve both. The form is that of the Submissions API: root `data`,
 * elements named like the members of the JSON, `measurementSet`, `measurement`
 * and `strata` repeated where JSON has an array. Numbers and booleans are told
 * by the element's name, since XML has text alone; an empty element, or one
 * with xsi:nil="true", is an absent member.
 *
 * A pointer in a finding is that of the JSON; line and column are of the XML.
 *
 * What is refused, each as a finding:
 *   xmlMalformed  not well-formed, not UTF-8, root other than `data`, text beside elements
 *   xmlDoctype    a document type declaration: no entity is ever declared, no file or address ever read
 *   xmlTooLarge   more bytes, elements or attributes than allowed
 *   xmlTooDeep    elements nested deeper than QPP_XML_DEEPEST
 * Elements and attributes that the form does not have, those of other name
 * spaces among them, are unknown members.
 */
#ifndef QPP_XML_READ_XML_H
#define QPP_XML_READ_XML_H

#include "qpp/submission.h"

enum { QPP_XML_DEEPEST = 16, QPP_XML_MOST_ELEMENTS = 100000, QPP_XML_MOST_ATTRIBUTES = 16 };

struct qpp_json_doc;

/* Reads `text`, at most `most_bytes` of it (0: 64 MiB). False when there is no document; an error finding then says why. */
bool qpp_xml_parse(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, size_t most_bytes,
                   struct qpp_json_doc *doc, struct qpp_findings *f);

/* The same read as a submission: see adapt/json/read_submission.h. */
struct qpp_submission *qpp_xml_read_submission(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                               size_t most_bytes, struct qpp_findings *f);

#endif
