/* The table of services against the model: its order, its counts, and that no label is missing in
 * any language. */
#include "scene.h"

/* The model's own list, in its order. */
static const char *const model[] = {
	"information.alert",
	"information.advice",
	"information.hotline",
	"information.awareness",
	"information.communication-plan",
	"information.exchange",
	"information.data-collection",
	"information.monitoring",
	"consular.notification",
	"consular.registration",
	"consular.civil-registration",
	"consular.travel-document",
	"consular.detention-visit",
	"consular.legal",
	"consular.death",
	"consular.welfare",
	"identity.verification",
	"identity.screening",
	"identity.document",
	"relief.food",
	"relief.water",
	"relief.shelter",
	"relief.items",
	"relief.cash",
	"relief.site-management",
	"health.emergency",
	"health.primary",
	"health.psychosocial",
	"protection.trafficking-screening",
	"protection.trafficking-assistance",
	"protection.refugee",
	"protection.asylum",
	"protection.stateless",
	"protection.child",
	"protection.gender-violence",
	"protection.family-tracing",
	"protection.family-reunification",
	"protection.legal",
	"movement.assembly",
	"movement.transport",
	"movement.evacuation",
	"movement.relocation",
	"movement.border",
	"movement.transit",
	"movement.exit-clearance",
	"support.deployment",
	"support.assets",
	"support.logistics",
	"support.funding",
	"support.interpretation",
	"support.training",
	"support.exercise",
	"support.preparedness",
	"support.diaspora",
	"support.policy",
	"recovery.return",
	"recovery.reintegration",
	"recovery.wages",
	"recovery.property",
	"recovery.host-community",
};
#define MODEL (sizeof model / sizeof model[0])

static void test_services_stand_in_the_order_of_the_model(void **state)
{
	(void)state;
	assert_int_equal(world_service_count, MODEL);
	assert_true(world_service_count <= WORLD_SERVICES_MAX);
	for (size_t i = 0; i < MODEL; i++) {
		assert_string_equal(world_services[i].code, model[i]);
		assert_str(world_service_codes()[i], model[i]);
		assert_int_equal(world_service_find(str_of(model[i])), i);
	}
	assert_int_equal(world_service_find(STR("consular.wellfare")), SERVICE_NONE);
	assert_int_equal(world_service_find(STR("consular")), SERVICE_NONE);
	assert_int_equal(world_service_find(STR("")), SERVICE_NONE);
}

static void test_services_domains_stay_together(void **state)
{
	static const char *const prefixes[DOMAINS] = {
		"information.",
		"consular.",
		"identity.",
		"relief.",
		"health.",
		"protection.",
		"movement.",
		"support.",
		"recovery.",
	};
	(void)state;
	for (size_t i = 0; i < world_service_count; i++) {
		const struct service *service = &world_services[i];
		assert_true(service->domain < DOMAINS);
		assert_true(str_starts(str_of(service->code), prefixes[service->domain]));
		assert_true(i == 0 || world_services[i - 1].domain <= service->domain);
	}
}

static void test_services_have_a_label_in_each_language(void **state)
{
	(void)state;
	for (size_t i = 0; i < world_service_count; i++) {
		const struct service *s = &world_services[i];
		const char *labels[] = { s->label_en, s->label_fr, s->label_es, s->label_ar };
		for (size_t k = 0; k < 4; k++) {
			assert_non_null(labels[k]);
			struct str label = str_of(labels[k]);
			assert_true(label.len > 2);
			assert_int_equal(utf8_valid_prefix(label), label.len);
			assert_true(text_is_nfc(label));
		}
		assert_true((unsigned char)s->label_ar[0] >= 0xd8); /* in Arabic letters */
		assert_true(s->mcof_sector >= 0 && s->mcof_sector <= 15);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(world_services[k].label_en, s->label_en);
	}
}

static void test_services_need_first_and_destination(void **state)
{
	(void)state;
	for (size_t i = 0; i < world_service_count; i++) {
		const struct service *s = &world_services[i];
		struct str code = str_of(s->code);
		bool home = str_is(code, "movement.evacuation") || str_is(code, "recovery.return");
		bool need_first = str_starts(code, "relief.") || str_starts(code, "health.") ||
				  str_starts(code, "protection.") ||
				  str_starts(code, "information.") ||
				  str_is(code, "movement.evacuation");
		assert_int_equal(s->need_first, need_first);
		assert_int_equal(s->destination, home ? DESTINATION_HOME
						 : str_starts(code, "movement.")
							 ? DESTINATION_IN_COUNTRY
							 : DESTINATION_NOT_ASKED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_services_stand_in_the_order_of_the_model),
		cmocka_unit_test(test_services_domains_stay_together),
		cmocka_unit_test(test_services_have_a_label_in_each_language),
		cmocka_unit_test(test_services_need_first_and_destination),
	};
	return cmocka_run_group_tests_name("world-services", tests, NULL, NULL);
}
