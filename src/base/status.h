/* The few ways in which a function of this project can fail.
 *
 * A function that can fail returns an enum status and fills its results through an out
 * parameter, which comes first. What was wrong with input is told once, where it is detected,
 * in a struct diags (diag.h); the status only says which exit is due. */
#ifndef ENTENTE_BASE_STATUS_H
#define ENTENTE_BASE_STATUS_H

enum status {
	STATUS_OK = 0,
	STATUS_REFUSED,   /* the input is at fault; the diagnostics say where and why          */
	STATUS_NOT_FOUND, /* what was asked for does not exist                                 */
	STATUS_NO_MEMORY, /* an allocation failed or an arena met its maximum                  */
	STATUS_IO,        /* the file system said no                                           */
};

#endif
