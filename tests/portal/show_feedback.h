/* The views of performance feedback, for show.c. */
#ifndef SHOW_FEEDBACK_H
#define SHOW_FEEDBACK_H

void show_feedback(const char *to, const char *from);

#endif
