/* The views of virtual groups, for show.c. */
#ifndef SHOW_VGROUP_H
#define SHOW_VGROUP_H

void show_vgroups(const char *to, const char *from);

#endif
