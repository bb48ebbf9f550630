/* What people call a country, or themselves, where neither names.csv nor the library does. A name
 * is written as people write it, without dots; where several countries share it, the one that is
 * meant most often stands here or none does. */
#include "help/internal.h"

const struct help_called help_called[] = {
	/* English */
	{ "filipino", "PHL", false },
	{ "filipina", "PHL", false },
	{ "pinoy", "PHL", false },
	{ "afghan", "AFG", false },
	{ "lebanese", "LBN", false },
	{ "burmese", "MMR", false },
	{ "rohingya", "MMR", false },
	{ "thai", "THA", false },
	{ "british", "GBR", false },
	{ "english", "GBR", false },
	{ "american", "USA", false },
	{ "dutch", "NLD", false },
	{ "french", "FRA", false },
	{ "spanish", "ESP", false },
	{ "turkish", "TUR", false },
	{ "polish", "POL", false },
	{ "danish", "DNK", false },
	{ "finnish", "FIN", false },
	{ "swedish", "SWE", false },
	{ "greek", "GRC", false },
	{ "irish", "IRL", false },
	{ "swiss", "CHE", false },
	{ "ivorian", "CIV", false },
	{ "malagasy", "MDG", false },
	{ "emirati", "ARE", false },
	{ "lao", "LAO", false },
	{ "kazakh", "KAZ", false },
	{ "uzbek", "UZB", false },
	{ "tajik", "TJK", false },
	{ "kyrgyz", "KGZ", false },
	{ "turkmen", "TKM", false },
	{ "kosovar", "XKX", false },
	{ "ukranian", "UKR", false },
	{ "czech", "CZE", false },
	{ "uk", "GBR", false },
	{ "britain", "GBR", false },
	{ "great britain", "GBR", false },
	{ "us", "USA", true },
	{ "america", "USA", false },
	{ "the states", "USA", true },
	{ "uae", "ARE", false },
	{ "emirates", "ARE", false },
	{ "drc", "COD", false },
	{ "burma", "MMR", false },
	{ "holland", "NLD", false },
	{ "ksa", "SAU", false },
	{ "saudi", "SAU", false },
	{ "swaziland", "SWZ", false },
	{ "macedonia", "MKD", false },
	{ "east timor", "TLS", false },
	{ "czech republic", "CZE", false },
	{ "bosnia", "BIH", false },
	{ "trinidad", "TTO", false },
	{ "korea", "KOR", false },
	{ "car", "CAF", true },
	{ "dprk", "PRK", false },
	{ "prc", "CHN", false },
	{ "png", "PNG", true },
	/* French */
	{ "angleterre", "GBR", false },
	{ "grande-bretagne", "GBR", false },
	{ "birmanie", "MMR", false },
	{ "amérique", "USA", false },
	{ "rdc", "COD", false },
	{ "rca", "CAF", false },
	{ "emirats", "ARE", false },
	{ "hollande", "NLD", false },
	{ "corée", "KOR", false },
	{ "macédoine", "MKD", false },
	{ "bosnie", "BIH", false },
	{ "ivoirien", "CIV", false },
	{ "ivoirienne", "CIV", false },
	{ "arabie", "SAU", true },
	/* Spanish */
	{ "inglaterra", "GBR", false },
	{ "gran bretaña", "GBR", false },
	{ "eeuu", "USA", false },
	{ "ee uu", "USA", false },
	{ "eua", "USA", false },
	{ "américa", "USA", false },
	{ "birmania", "MMR", false },
	{ "emiratos", "ARE", false },
	{ "eau", "ARE", true },
	{ "holanda", "NLD", false },
	{ "corea", "KOR", false },
	{ "arabia", "SAU", true },
	/* Portuguese */
	{ "emirados", "ARE", false },
	{ "coreia", "KOR", false },
	/* Arabic */
	{ "الإمارات", "ARE", false },
	{ "بريطانيا", "GBR", false },
	{ "انجلترا", "GBR", false },
	{ "أمريكا", "USA", false },
	{ "امريكا", "USA", false },
	{ "السعودية", "SAU", false },
	{ "الكونغو الديمقراطية", "COD", false },
	{ "كوريا", "KOR", false },
	{ "هولندا", "NLD", false },
	{ "البوسنة", "BIH", false },
	{ "بورما", "MMR", false },
	{ "ساحل العاج", "CIV", false },
	/* Amharic */
	{ "ሳውዲ", "SAU", false },
	{ "አሜሪካ", "USA", false },
	{ "እንግሊዝ", "GBR", false },
	{ "ኤምሬትስ", "ARE", false },
	/* Bengali */
	{ "সৌদি", "SAU", false },
	{ "আমেরিকা", "USA", false },
	{ "আমিরাত", "ARE", false },
	{ "বিলাত", "GBR", false },
	{ "কোরিয়া", "KOR", false },
	{ "মায়ানমার", "MMR", false },
	{ "বার্মা", "MMR", false },
	/* Persian */
	{ "امارات", "ARE", false },
	{ "آمریکا", "USA", false },
	{ "انگلیس", "GBR", false },
	{ "عربستان", "SAU", false },
	{ "کره", "KOR", false },
	/* Hindi */
	{ "सऊदी", "SAU", false },
	{ "अमेरिका", "USA", false },
	{ "अमीरात", "ARE", false },
	{ "यूएई", "ARE", false },
	{ "इंग्लैंड", "GBR", false },
	{ "ब्रिटेन", "GBR", false },
	{ "कोरिया", "KOR", false },
	{ "बर्मा", "MMR", false },
	/* Indonesian */
	{ "amerika", "USA", false },
	{ "inggris", "GBR", false },
	{ "uni emirat", "ARE", false },
	/* Nepali */
	{ "साउदी", "SAU", false },
	{ "युएई", "ARE", false },
	{ "बेलायत", "GBR", false },
	/* Russian */
	{ "америка", "USA", false },
	{ "сша", "USA", false },
	{ "англия", "GBR", false },
	{ "британия", "GBR", false },
	{ "оаэ", "ARE", false },
	{ "эмираты", "ARE", false },
	{ "корея", "KOR", false },
	{ "голландия", "NLD", false },
	{ "бирма", "MMR", false },
	{ "конго", "COG", false },
	/* Sinhala */
	{ "සෞදි", "SAU", false },
	{ "ඇමෙරිකාව", "USA", false },
	{ "එංගලන්තය", "GBR", false },
	{ "කොරියාව", "KOR", false },
	{ "එමිරේට්ස්", "ARE", false },
	/* Swahili */
	{ "uarabuni", "SAU", false },
	{ "marekani", "USA", false },
	{ "uingereza", "GBR", false },
	{ "falme za kiarabu", "ARE", false },
	{ "kongo", "COD", false },
	/* Tagalog */
	{ "inglatera", "GBR", false },
	/* Urdu */
	{ "سعودیہ", "SAU", false },
	{ "امریکہ", "USA", false },
	{ "امریکا", "USA", false },
	{ "برطانیہ", "GBR", false },
	{ "انگلینڈ", "GBR", false },
	{ "یو اے ای", "ARE", false },
	/* Chinese */
	{ "沙特", "SAU", false },
	{ "阿联酋", "ARE", false },
	{ "美国", "USA", false },
	{ "英国", "GBR", false },
	{ "韩国", "KOR", false },
	{ "缅甸", "MMR", false },
	{ "刚果金", "COD", false },
};
const size_t help_called_count = sizeof help_called / sizeof help_called[0];

/* TEXT as the table writes it: folded, without dots. */
static enum status plain(struct str *out, struct arena *arena, struct str text)
{
	char *bytes = arena_get(arena, text.len + 1);
	size_t len = 0;

	if (!bytes)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '.')
			bytes[len++] = text.ptr[i];
	}
	return help_fold(out, arena, (struct str){ bytes, len });
}

enum status help_called_code(struct str *code, struct arena *arena, struct str text)
{
	struct str wanted, name;
	enum status status = plain(&wanted, arena, str_trim(text));

	*code = STR_NONE;
	for (size_t i = 0; i < help_called_count && status == STATUS_OK && !code->len; i++) {
		status = help_fold(&name, arena, str_of(help_called[i].name));
		if (status == STATUS_OK && str_eq(name, wanted))
			*code = str_of(help_called[i].code);
	}
	return status;
}
