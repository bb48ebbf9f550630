/* The two-level taxonomy of services: a table with a label in each language of the pages and the
 * MCOF sector of each leaf.
 *
 * A service is a number below WORLD_SERVICES; sets of services are bits of a uint64_t, so at most
 * 64 leaves. The order of the table is the order of the model and never changes: add at the end of
 * a domain only with a note in CHANGELOG.md. */
#ifndef ENTENTE_WORLD_SERVICES_H
#define ENTENTE_WORLD_SERVICES_H

#include "base/base.h"

#define WORLD_SERVICES_MAX 64
#define SERVICE_NONE UINT8_MAX

enum service_domain {
	DOMAIN_INFORMATION,
	DOMAIN_CONSULAR,
	DOMAIN_IDENTITY,
	DOMAIN_RELIEF,
	DOMAIN_HEALTH,
	DOMAIN_PROTECTION,
	DOMAIN_MOVEMENT,
	DOMAIN_SUPPORT,
	DOMAIN_RECOVERY,
	DOMAINS
};

/* What a movement row without `to` means (model, step 2). */
enum default_destination { DESTINATION_NOT_ASKED, DESTINATION_HOME, DESTINATION_IN_COUNTRY };

struct service {
	const char *code; /* "consular.travel-document" */
	enum service_domain domain;
	enum default_destination destination; /* movement.evacuation, recovery.return: HOME; other
						 movement.*: IN_COUNTRY; else NOT_ASKED */
	bool need_first; /* safeguard S6: relief.*, health.*, protection.*, information.*,
			    movement.evacuation */
	int mcof_sector; /* 1..15, 0 where none fits */
	const char *label_en, *label_fr, *label_es, *label_ar;
};

/* MCOF's fifteen sectors in our words; 0: a service that none of them holds. */
#define WORLD_SECTORS 16
extern const char *const world_sectors[WORLD_SECTORS];

extern const struct service world_services[];
extern const size_t world_service_count;

/* The index of CODE, or SERVICE_NONE. */
uint8_t world_service_find(struct str code);
/* All codes as views, for suggestions: world_service_count of them. */
const struct str *world_service_codes(void);

#endif
