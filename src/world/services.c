/* The table of services, written once: from each entry come the row that the engine reads and the
 * code that suggestions search.
 *
 * An entry: code, domain, what a movement without `to` means, need first (S6), MCOF sector (0: none
 * fits), labels in English, French, Spanish and Arabic. Labels are what a person in need reads, so
 * they say what is given and not which office gives it. Its order is the order of the bits in every
 * set of services; a new leaf goes to the end of its domain. */
#include "world/services.h"

/* clang-format off */
#define SERVICES(X) \
	X("information.alert", INFORMATION, NOT_ASKED, true, 15, \
	  "Crisis alerts", "Alertes de crise", \
	  "Alertas de crisis", "إنذارات الأزمات") \
	X("information.advice", INFORMATION, NOT_ASKED, true, 15, \
	  "Travel and safety advice", "Conseils de voyage et de sécurité", \
	  "Consejos de viaje y de seguridad", "نصائح السفر والسلامة") \
	X("information.hotline", INFORMATION, NOT_ASKED, true, 15, \
	  "Telephone hotline", "Ligne téléphonique d'urgence", \
	  "Línea telefónica de emergencia", "خط هاتفي للطوارئ") \
	X("information.awareness", INFORMATION, NOT_ASKED, true, 15, \
	  "Awareness raising", "Sensibilisation", \
	  "Sensibilización", "التوعية") \
	X("information.communication-plan", INFORMATION, NOT_ASKED, true, 15, \
	  "Communication plan", "Plan de communication", \
	  "Plan de comunicación", "خطة التواصل") \
	X("information.exchange", INFORMATION, NOT_ASKED, true, 0, \
	  "Exchange of information", "Échange d'informations", \
	  "Intercambio de información", "تبادل المعلومات") \
	X("information.data-collection", INFORMATION, NOT_ASKED, true, 1, \
	  "Data on migrants", "Données sur les migrants", \
	  "Datos sobre los migrantes", "جمع البيانات عن المهاجرين") \
	X("information.monitoring", INFORMATION, NOT_ASKED, true, 8, \
	  "Monitoring of hazards", "Suivi des risques", \
	  "Seguimiento de amenazas", "رصد المخاطر") \
	X("consular.notification", CONSULAR, NOT_ASKED, false, 12, \
	  "Consular notification", "Notification consulaire", \
	  "Notificación consular", "الإخطار القنصلي") \
	X("consular.registration", CONSULAR, NOT_ASKED, false, 12, \
	  "Registration with the consulate", "Inscription consulaire", \
	  "Inscripción consular", "التسجيل لدى القنصلية") \
	X("consular.civil-registration", CONSULAR, NOT_ASKED, false, 12, \
	  "Births, marriages and deaths", "État civil", \
	  "Registro civil", "الأحوال المدنية") \
	X("consular.travel-document", CONSULAR, NOT_ASKED, false, 12, \
	  "Passport or emergency travel document", "Passeport ou titre de voyage provisoire", \
	  "Pasaporte o documento de viaje de emergencia", "جواز سفر أو وثيقة سفر طارئة") \
	X("consular.detention-visit", CONSULAR, NOT_ASKED, false, 12, \
	  "Visits in detention", "Visites en détention", \
	  "Visitas a personas detenidas", "زيارة المحتجزين") \
	X("consular.legal", CONSULAR, NOT_ASKED, false, 12, \
	  "Consular help with legal matters", "Assistance consulaire en matière juridique", \
	  "Asistencia consular en asuntos jurídicos", "المساعدة القنصلية في الشؤون القانونية") \
	X("consular.death", CONSULAR, NOT_ASKED, false, 12, \
	  "Help after a death", "Aide en cas de décès", \
	  "Ayuda en caso de fallecimiento", "المساعدة في حالات الوفاة") \
	X("consular.welfare", CONSULAR, NOT_ASKED, false, 12, \
	  "Help for nationals in distress", "Aide aux ressortissants en détresse", \
	  "Ayuda a nacionales en apuros", "مساعدة المواطنين في محنة") \
	X("identity.verification", IDENTITY, NOT_ASKED, false, 12, \
	  "Verification of identity", "Vérification d'identité", \
	  "Verificación de identidad", "التحقق من الهوية") \
	X("identity.screening", IDENTITY, NOT_ASKED, false, 11, \
	  "Screening on arrival", "Examen à l'arrivée", \
	  "Evaluación a la llegada", "الفرز عند الوصول") \
	X("identity.document", IDENTITY, NOT_ASKED, false, 12, \
	  "Identity document", "Document d'identité", \
	  "Documento de identidad", "وثيقة هوية") \
	X("relief.food", RELIEF, NOT_ASKED, true, 0, \
	  "Food", "Nourriture", \
	  "Alimentos", "الغذاء") \
	X("relief.water", RELIEF, NOT_ASKED, true, 0, \
	  "Water and sanitation", "Eau et assainissement", \
	  "Agua y saneamiento", "المياه والصرف الصحي") \
	X("relief.shelter", RELIEF, NOT_ASKED, true, 2, \
	  "Shelter", "Hébergement", \
	  "Alojamiento", "المأوى") \
	X("relief.items", RELIEF, NOT_ASKED, true, 2, \
	  "Blankets and household items", "Couvertures et articles ménagers", \
	  "Mantas y enseres domésticos", "البطانيات والمستلزمات المنزلية") \
	X("relief.cash", RELIEF, NOT_ASKED, true, 0, \
	  "Cash assistance", "Aide en espèces", \
	  "Ayuda en efectivo", "مساعدات نقدية") \
	X("relief.site-management", RELIEF, NOT_ASKED, true, 1, \
	  "Management of camps and sites", "Gestion des camps et des sites", \
	  "Gestión de campamentos y sitios", "إدارة المخيمات والمواقع") \
	X("health.emergency", HEALTH, NOT_ASKED, true, 4, \
	  "Emergency medical care", "Soins médicaux d'urgence", \
	  "Atención médica de urgencia", "الرعاية الطبية الطارئة") \
	X("health.primary", HEALTH, NOT_ASKED, true, 4, \
	  "Primary health care", "Soins de santé primaires", \
	  "Atención primaria de salud", "الرعاية الصحية الأولية") \
	X("health.psychosocial", HEALTH, NOT_ASKED, true, 5, \
	  "Psychosocial support", "Soutien psychosocial", \
	  "Apoyo psicosocial", "الدعم النفسي والاجتماعي") \
	X("protection.trafficking-screening", PROTECTION, NOT_ASKED, true, 10, \
	  "Recognising victims of trafficking", "Repérage des victimes de la traite", \
	  "Detección de víctimas de trata", "التعرف على ضحايا الاتجار بالأشخاص") \
	X("protection.trafficking-assistance", PROTECTION, NOT_ASKED, true, 10, \
	  "Help for victims of trafficking", "Aide aux victimes de la traite", \
	  "Asistencia a víctimas de trata", "مساعدة ضحايا الاتجار بالأشخاص") \
	X("protection.refugee", PROTECTION, NOT_ASKED, true, 10, \
	  "Protection of refugees", "Protection des réfugiés", \
	  "Protección de refugiados", "حماية اللاجئين") \
	X("protection.asylum", PROTECTION, NOT_ASKED, true, 10, \
	  "Access to asylum", "Accès à l'asile", \
	  "Acceso al asilo", "الوصول إلى اللجوء") \
	X("protection.stateless", PROTECTION, NOT_ASKED, true, 10, \
	  "Protection of stateless people", "Protection des apatrides", \
	  "Protección de apátridas", "حماية عديمي الجنسية") \
	X("protection.child", PROTECTION, NOT_ASKED, true, 10, \
	  "Protection of children", "Protection de l'enfance", \
	  "Protección de la infancia", "حماية الأطفال") \
	X("protection.gender-violence", PROTECTION, NOT_ASKED, true, 10, \
	  "Help after gender-based violence", "Aide après des violences fondées sur le genre", \
	  "Ayuda ante la violencia de género", "المساعدة بعد العنف القائم على النوع الاجتماعي") \
	X("protection.family-tracing", PROTECTION, NOT_ASKED, true, 10, \
	  "Tracing missing relatives", "Recherche de proches disparus", \
	  "Búsqueda de familiares desaparecidos", "البحث عن الأقارب المفقودين") \
	X("protection.family-reunification", PROTECTION, NOT_ASKED, true, 10, \
	  "Family reunification", "Regroupement familial", \
	  "Reunificación familiar", "لمّ شمل الأسرة") \
	X("protection.legal", PROTECTION, NOT_ASKED, true, 10, \
	  "Legal aid", "Aide juridique", \
	  "Asistencia jurídica", "المساعدة القانونية") \
	X("movement.assembly", MOVEMENT, IN_COUNTRY, false, 3, \
	  "Assembly points", "Points de rassemblement", \
	  "Puntos de reunión", "نقاط التجمع") \
	X("movement.transport", MOVEMENT, IN_COUNTRY, false, 3, \
	  "Transport", "Transport", \
	  "Transporte", "النقل") \
	X("movement.evacuation", MOVEMENT, HOME, true, 3, \
	  "Evacuation", "Évacuation", \
	  "Evacuación", "الإجلاء") \
	X("movement.relocation", MOVEMENT, IN_COUNTRY, false, 3, \
	  "Relocation to a safer place", "Relocalisation en lieu plus sûr", \
	  "Traslado a un lugar más seguro", "الانتقال إلى مكان أكثر أمانًا") \
	X("movement.border", MOVEMENT, IN_COUNTRY, false, 11, \
	  "Crossing the border", "Passage de la frontière", \
	  "Cruce de la frontera", "عبور الحدود") \
	X("movement.transit", MOVEMENT, IN_COUNTRY, false, 11, \
	  "Transit through another country", "Transit par un autre pays", \
	  "Tránsito por otro país", "العبور عبر بلد آخر") \
	X("movement.exit-clearance", MOVEMENT, IN_COUNTRY, false, 11, \
	  "Exit permits", "Autorisations de sortie", \
	  "Permisos de salida", "تصاريح الخروج") \
	X("support.deployment", SUPPORT, NOT_ASKED, false, 13, \
	  "Deployment of staff", "Déploiement de personnel", \
	  "Despliegue de personal", "إيفاد الموظفين") \
	X("support.assets", SUPPORT, NOT_ASKED, false, 0, \
	  "Vehicles and equipment", "Véhicules et équipements", \
	  "Vehículos y equipos", "المركبات والمعدات") \
	X("support.logistics", SUPPORT, NOT_ASKED, false, 3, \
	  "Logistics", "Logistique", \
	  "Logística", "الخدمات اللوجستية") \
	X("support.funding", SUPPORT, NOT_ASKED, false, 0, \
	  "Funding", "Financement", \
	  "Financiación", "التمويل") \
	X("support.interpretation", SUPPORT, NOT_ASKED, false, 15, \
	  "Interpretation", "Interprétation", \
	  "Interpretación", "الترجمة الشفوية") \
	X("support.training", SUPPORT, NOT_ASKED, false, 8, \
	  "Training", "Formation", \
	  "Capacitación", "التدريب") \
	X("support.exercise", SUPPORT, NOT_ASKED, false, 8, \
	  "Exercises", "Exercices", \
	  "Simulacros", "التمارين والمحاكاة") \
	X("support.preparedness", SUPPORT, NOT_ASKED, false, 8, \
	  "Preparedness", "Préparation", \
	  "Preparación", "التأهب") \
	X("support.diaspora", SUPPORT, NOT_ASKED, false, 13, \
	  "Help by the diaspora", "Mobilisation de la diaspora", \
	  "Movilización de la diáspora", "حشد جهود الجاليات في الخارج") \
	X("support.policy", SUPPORT, NOT_ASKED, false, 14, \
	  "Migration policy and law", "Politique et droit des migrations", \
	  "Política y derecho migratorios", "سياسات الهجرة وقوانينها") \
	X("recovery.return", RECOVERY, HOME, false, 6, \
	  "Voluntary return", "Retour volontaire", \
	  "Retorno voluntario", "العودة الطوعية") \
	X("recovery.reintegration", RECOVERY, NOT_ASKED, false, 6, \
	  "Reintegration", "Réintégration", \
	  "Reintegración", "إعادة الإدماج") \
	X("recovery.wages", RECOVERY, NOT_ASKED, false, 0, \
	  "Recovery of unpaid wages", "Recouvrement des salaires impayés", \
	  "Cobro de salarios adeudados", "استرداد الأجور غير المدفوعة") \
	X("recovery.property", RECOVERY, NOT_ASKED, false, 9, \
	  "Property left behind", "Biens laissés sur place", \
	  "Bienes dejados atrás", "الممتلكات المتروكة") \
	X("recovery.host-community", RECOVERY, NOT_ASKED, false, 7, \
	  "Support for host communities", "Appui aux communautés d'accueil", \
	  "Apoyo a las comunidades de acogida", "دعم المجتمعات المضيفة")
/* clang-format on */

#define AS_ROW(code_, domain_, to_, need_, sector_, en, fr, es, ar)                                \
	{ .code = code_,                                                                           \
		.domain = DOMAIN_##domain_,                                                        \
		.destination = TO_##to_,                                                           \
		.need_first = need_,                                                               \
		.mcof_sector = sector_,                                                            \
		.label_en = en,                                                                    \
		.label_fr = fr,                                                                    \
		.label_es = es,                                                                    \
		.label_ar = ar },
#define TO_NOT_ASKED DESTINATION_NOT_ASKED
#define TO_HOME DESTINATION_HOME
#define TO_IN_COUNTRY DESTINATION_IN_COUNTRY
#define AS_CODE(code, ...) { code, sizeof(code) - 1 },

const struct service world_services[] = { SERVICES(AS_ROW) };
static const struct str codes[] = { SERVICES(AS_CODE) };

#define COUNT (sizeof codes / sizeof codes[0])
_Static_assert(COUNT <= WORLD_SERVICES_MAX, "a set of services is 64 bits");
_Static_assert(COUNT == sizeof world_services / sizeof world_services[0], "one code a row");

const size_t world_service_count = COUNT;

const char *const world_sectors[WORLD_SECTORS] = {
	"outside the sectors",
	"sites and tracking of displacement",
	"shelter and household goods",
	"transport",
	"health",
	"psychosocial support",
	"return and reintegration",
	"stable communities",
	"disaster risk and resilience",
	"land and property",
	"trafficking and people at risk",
	"humane border management",
	"emergency consular assistance",
	"diaspora and its people",
	"migration policy and law",
	"humanitarian communication",
};

const struct str *world_service_codes(void)
{
	return codes;
}

uint8_t world_service_find(struct str code)
{
	for (size_t i = 0; i < COUNT; i++)
		if (str_eq(codes[i], code))
			return (uint8_t)i;
	return SERVICE_NONE;
}
