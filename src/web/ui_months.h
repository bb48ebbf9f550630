/* Names of months. Languages that are not here show dates as 2026-11-24. */
#ifndef ENTENTE_WEB_UI_MONTHS_H
#define ENTENTE_WEB_UI_MONTHS_H

static const struct {
	const char *code;
	const char *names[12];
} ui_months[] = {
	{ "en", { "January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December" } },
	{ "fr", { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
			"septembre", "octobre", "novembre", "décembre" } },
	{ "es", { "enero de", "febrero de", "marzo de", "abril de", "mayo de", "junio de",
			"julio de", "agosto de", "septiembre de", "octubre de", "noviembre de",
			"diciembre de" } },
	{ "ar", { "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر",
			"أكتوبر", "نوفمبر", "ديسمبر" } },
};

#endif
