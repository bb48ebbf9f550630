"""Names in French, Spanish and Arabic: countries, M49 regions, organizations, groups, zones.

Countries bear their names of M49, or the short name of the United Nations where that is the same
without its article. Where both are formal, or faulty, the common name stands here, as in English.
"""

import re

from cities import CITIES

LANGS = ('fr', 'es', 'ar')

# Common names, and what the source misspells.
COUNTRIES = {
    'ATF': ('Terres australes et antarctiques françaises',
            'Tierras Australes y Antárticas Francesas',
            'الأراضي الفرنسية الجنوبية والأنتاركتيكية'),
    'BES': ('Pays-Bas caribéens', 'Caribe Neerlandés', 'هولندا الكاريبية'),
    'BLM': ('Saint-Barthélemy', 'San Bartolomé', 'سان بارتيليمي'),
    'BOL': ('Bolivie', 'Bolivia', 'بوليفيا'),
    'BRN': ('Brunéi Darussalam', 'Brunei Darussalam', 'بروني دار السلام'),
    'CHI': ('Îles Anglo-Normandes', 'Islas del Canal', 'جزر القنال الإنكليزي'),
    'CIV': ('Côte d’Ivoire', 'Côte d’Ivoire', 'كوت ديفوار'),
    'FRO': ('Îles Féroé', 'Islas Feroe', 'جزر فارو'),
    'FSM': ('Micronésie', 'Micronesia', 'ميكرونيزيا'),
    'GBR': ('Royaume-Uni', 'Reino Unido', 'المملكة المتحدة'),
    'GGY': ('Guernesey', 'Guernesey', 'غيرنزي'),
    'HKG': ('Hong Kong', 'Hong Kong', 'هونغ كونغ'),
    'IOT': ('Territoire britannique de l’océan Indien', 'Territorio Británico del Océano Índico',
            'إقليم المحيط الهندي البريطاني'),
    'IRL': ('Irlande', 'Irlanda', 'أيرلندا'),
    'IRN': ('Iran', 'Irán', 'إيران'),
    'ISL': ('Islande', 'Islandia', 'أيسلندا'),
    'KIR': ('Kiribati', 'Kiribati', 'كيريباس'),
    'KOR': ('Corée du Sud', 'Corea del Sur', 'كوريا الجنوبية'),
    'LAO': ('Laos', 'Laos', 'لاو'),
    'MAC': ('Macao', 'Macao', 'ماكاو'),
    'MAF': ('Saint-Martin (partie française)', 'San Martín (parte francesa)',
            'سانت مارتن (الجزء الفرنسي)'),
    'MDA': ('Moldova', 'Moldova', 'مولدوفا'),
    'NLD': ('Pays-Bas', 'Países Bajos', 'هولندا'),
    'PRK': ('Corée du Nord', 'Corea del Norte', 'كوريا الشمالية'),
    'PSE': ('Palestine', 'Palestina', 'فلسطين'),
    'RUS': ('Russie', 'Rusia', 'روسيا'),
    'SAU': ('Arabie saoudite', 'Arabia Saudita', 'السعودية'),
    'SGS': ('Géorgie du Sud et îles Sandwich du Sud', 'Georgia del Sur y Sandwich del Sur',
            'جورجيا الجنوبية وجزر ساندويتش الجنوبية'),
    'SHN': ('Sainte-Hélène, Ascension et Tristan da Cunha',
            'Santa Elena, Ascensión y Tristán de Acuña', 'سانت هيلانة وأسنسيون وتريستان دا كونها'),
    'SJM': ('Svalbard et Jan Mayen', 'Svalbard y Jan Mayen', 'سفالبارد وجان ماين'),
    'SXM': ('Saint-Martin (partie néerlandaise)', 'San Martín (parte neerlandesa)',
            'سانت مارتن (الجزء الهولندي)'),
    'SYR': ('Syrie', 'Siria', 'سوريا'),
    'TLS': ('Timor-Leste', 'Timor-Leste', 'تيمور-ليشتي'),
    'TUR': ('Türkiye', 'Türkiye', 'تركيا'),
    'TZA': ('Tanzanie', 'Tanzanía', 'تنزانيا'),
    'UMI': ('Îles mineures éloignées des États-Unis', 'Islas menores alejadas de Estados Unidos',
            'الجزر الصغيرة النائية التابعة للولايات المتحدة'),
    'USA': ('États-Unis', 'Estados Unidos', 'الولايات المتحدة'),
    'VAT': ('Cité du Vatican', 'Ciudad del Vaticano', 'مدينة الفاتيكان'),
    'VCT': ('Saint-Vincent-et-les Grenadines', 'San Vicente y las Granadinas',
            'سانت فنسنت وجزر غرينادين'),
    'VEN': ('Venezuela', 'Venezuela', 'فنزويلا'),
    'XKX': ('Kosovo', 'Kosovo', 'كوسوفو'),
}

REGIONS = {
    'world': ('Monde', 'Mundo', 'العالم'),
    'm49:002': ('Afrique', 'África', 'أفريقيا'),
    'm49:005': ('Amérique du Sud', 'América del Sur', 'أمريكا الجنوبية'),
    'm49:009': ('Océanie', 'Oceanía', 'أوقيانوسيا'),
    'm49:011': ('Afrique occidentale', 'África Occidental', 'غرب أفريقيا'),
    'm49:013': ('Amérique centrale', 'América Central', 'أمريكا الوسطى'),
    'm49:014': ('Afrique orientale', 'África Oriental', 'شرق أفريقيا'),
    'm49:015': ('Afrique septentrionale', 'África Septentrional', 'شمال أفريقيا'),
    'm49:017': ('Afrique centrale', 'África Central', 'وسط أفريقيا'),
    'm49:018': ('Afrique australe', 'África Meridional', 'الجنوب الأفريقي'),
    'm49:019': ('Amériques', 'Américas', 'الأمريكتان'),
    'm49:021': ('Amérique septentrionale', 'América Septentrional', 'أمريكا الشمالية'),
    'm49:029': ('Caraïbes', 'Caribe', 'منطقة البحر الكاريبي'),
    'm49:030': ('Asie orientale', 'Asia Oriental', 'شرق آسيا'),
    'm49:034': ('Asie méridionale', 'Asia Meridional', 'جنوب آسيا'),
    'm49:035': ('Asie du Sud-Est', 'Asia Sudoriental', 'جنوب شرق آسيا'),
    'm49:039': ('Europe méridionale', 'Europa Meridional', 'جنوب أوروبا'),
    'm49:053': ('Australie et Nouvelle-Zélande', 'Australia y Nueva Zelandia',
                'أستراليا ونيوزيلندا'),
    'm49:054': ('Mélanésie', 'Melanesia', 'ميلانيزيا'),
    'm49:057': ('Micronésie (région)', 'Micronesia (región)', 'منطقة ميكرونيزيا'),
    'm49:061': ('Polynésie', 'Polinesia', 'بولينيزيا'),
    'm49:142': ('Asie', 'Asia', 'آسيا'),
    'm49:143': ('Asie centrale', 'Asia Central', 'آسيا الوسطى'),
    'm49:145': ('Asie occidentale', 'Asia Occidental', 'غرب آسيا'),
    'm49:150': ('Europe', 'Europa', 'أوروبا'),
    'm49:151': ('Europe orientale', 'Europa Oriental', 'شرق أوروبا'),
    'm49:154': ('Europe septentrionale', 'Europa Septentrional', 'شمال أوروبا'),
    'm49:155': ('Europe occidentale', 'Europa Occidental', 'غرب أوروبا'),
    'm49:202': ('Afrique subsaharienne', 'África Subsahariana', 'أفريقيا جنوب الصحراء الكبرى'),
    'm49:419': ('Amérique latine et Caraïbes', 'América Latina y el Caribe',
                'أمريكا اللاتينية ومنطقة البحر الكاريبي'),
}

# The states of the United States: subdivisions US-XX, and as parties to EMAC us-xx.
USA_STATES = {
    'AK': ('Alaska', 'Alaska', 'ألاسكا'),
    'AL': ('Alabama', 'Alabama', 'ألاباما'),
    'AR': ('Arkansas', 'Arkansas', 'أركنساس'),
    'AZ': ('Arizona', 'Arizona', 'أريزونا'),
    'CA': ('Californie', 'California', 'كاليفورنيا'),
    'CO': ('Colorado', 'Colorado', 'كولورادو'),
    'CT': ('Connecticut', 'Connecticut', 'كونيتيكت'),
    'DC': ('District de Columbia', 'Distrito de Columbia', 'مقاطعة كولومبيا'),
    'DE': ('Delaware', 'Delaware', 'ديلاوير'),
    'FL': ('Floride', 'Florida', 'فلوريدا'),
    'GA': ('Géorgie (États-Unis)', 'Georgia (Estados Unidos)', 'جورجيا (الولايات المتحدة)'),
    'GU': ('Guam', 'Guam', 'غوام'),
    'HI': ('Hawaï', 'Hawái', 'هاواي'),
    'IA': ('Iowa', 'Iowa', 'آيوا'),
    'ID': ('Idaho', 'Idaho', 'أيداهو'),
    'IL': ('Illinois', 'Illinois', 'إلينوي'),
    'IN': ('Indiana', 'Indiana', 'إنديانا'),
    'KS': ('Kansas', 'Kansas', 'كانساس'),
    'KY': ('Kentucky', 'Kentucky', 'كنتاكي'),
    'LA': ('Louisiane', 'Luisiana', 'لويزيانا'),
    'MA': ('Massachusetts', 'Massachusetts', 'ماساتشوستس'),
    'MD': ('Maryland', 'Maryland', 'ماريلاند'),
    'ME': ('Maine', 'Maine', 'مين'),
    'MI': ('Michigan', 'Míchigan', 'ميشيغان'),
    'MN': ('Minnesota', 'Minnesota', 'مينيسوتا'),
    'MO': ('Missouri', 'Misuri', 'ميزوري'),
    'MP': ('Îles Mariannes du Nord', 'Islas Marianas Septentrionales', 'جزر ماريانا الشمالية'),
    'MS': ('Mississippi', 'Misisipi', 'ميسيسيبي'),
    'MT': ('Montana', 'Montana', 'مونتانا'),
    'NC': ('Caroline du Nord', 'Carolina del Norte', 'كارولاينا الشمالية'),
    'ND': ('Dakota du Nord', 'Dakota del Norte', 'داكوتا الشمالية'),
    'NE': ('Nebraska', 'Nebraska', 'نبراسكا'),
    'NH': ('New Hampshire', 'Nuevo Hampshire', 'نيو هامبشير'),
    'NJ': ('New Jersey', 'Nueva Jersey', 'نيو جيرسي'),
    'NM': ('Nouveau-Mexique', 'Nuevo México', 'نيو مكسيكو'),
    'NV': ('Nevada', 'Nevada', 'نيفادا'),
    'NY': ('New York (État)', 'Nueva York (estado)', 'نيويورك (الولاية)'),
    'OH': ('Ohio', 'Ohio', 'أوهايو'),
    'OK': ('Oklahoma', 'Oklahoma', 'أوكلاهوما'),
    'OR': ('Oregon', 'Oregón', 'أوريغون'),
    'PA': ('Pennsylvanie', 'Pensilvania', 'بنسلفانيا'),
    'PR': ('Porto Rico', 'Puerto Rico', 'بورتوريكو'),
    'RI': ('Rhode Island', 'Rhode Island', 'رود آيلاند'),
    'SC': ('Caroline du Sud', 'Carolina del Sur', 'كارولاينا الجنوبية'),
    'SD': ('Dakota du Sud', 'Dakota del Sur', 'داكوتا الجنوبية'),
    'TN': ('Tennessee', 'Tennessee', 'تينيسي'),
    'TX': ('Texas', 'Texas', 'تكساس'),
    'UT': ('Utah', 'Utah', 'يوتا'),
    'VA': ('Virginie', 'Virginia', 'فرجينيا'),
    'VI': (
        'Îles Vierges américaines',
        'Islas Vírgenes de los Estados Unidos',
        'جزر فرجن التابعة للولايات المتحدة',
    ),
    'VT': ('Vermont', 'Vermont', 'فيرمونت'),
    'WA': ('Washington (État)', 'Washington (estado)', 'واشنطن (الولاية)'),
    'WI': ('Wisconsin', 'Wisconsin', 'ويسكونسن'),
    'WV': ('Virginie-Occidentale', 'Virginia Occidental', 'فرجينيا الغربية'),
    'WY': ('Wyoming', 'Wyoming', 'وايومنغ'),
}

# What each body calls itself in the language, as it stands in a sentence.
PARTIES = {
    'icrc': ('Comité international de la Croix-Rouge', 'Comité Internacional de la Cruz Roja',
             'اللجنة الدولية للصليب الأحمر'),
    'ifrc': ('Fédération internationale des Sociétés de la Croix-Rouge et du Croissant-Rouge',
             'Federación Internacional de Sociedades de la Cruz Roja y de la Media Luna Roja',
             'الاتحاد الدولي لجمعيات الصليب الأحمر والهلال الأحمر'),
    'iom': ('Organisation internationale pour les migrations',
            'Organización Internacional para las Migraciones', 'المنظمة الدولية للهجرة'),
    'unhcr': ('Haut-Commissariat des Nations Unies pour les réfugiés',
              'Alto Comisionado de las Naciones Unidas para los Refugiados',
              'مفوضية الأمم المتحدة لشؤون اللاجئين'),
    'unicef': ('Fonds des Nations Unies pour l’enfance',
               'Fondo de las Naciones Unidas para la Infancia', 'منظمة الأمم المتحدة للطفولة'),
    'unrwa': ('Office de secours et de travaux des Nations Unies pour les réfugiés de Palestine '
              'dans le Proche-Orient',
              'Organismo de Obras Públicas y Socorro de las Naciones Unidas para los Refugiados de '
              'Palestina en el Cercano Oriente',
              'وكالة الأمم المتحدة لإغاثة وتشغيل اللاجئين الفلسطينيين في الشرق الأدنى'),
    'ercc': (
        'Centre de coordination de la réaction d’urgence de l’Union européenne',
        'Centro de Coordinación de la Respuesta a Emergencias de la Unión Europea',
        'مركز تنسيق الاستجابة للطوارئ التابع للاتحاد الأوروبي',
    ),
    'osac': (
        'Conseil consultatif pour la sécurité à l’étranger des États-Unis',
        'Consejo Asesor de Seguridad en el Extranjero de los Estados Unidos',
        'المجلس الاستشاري الأمريكي للأمن في الخارج',
    ),
    'usa-cbp': ('Service des douanes et de la protection des frontières des États-Unis',
                'Oficina de Aduanas y Protección Fronteriza de los Estados Unidos',
                'هيئة الجمارك وحماية الحدود الأمريكية'),
    'who': ('Organisation mondiale de la Santé', 'Organización Mundial de la Salud',
            'منظمة الصحة العالمية'),
    'wfp': ('Programme alimentaire mondial', 'Programa Mundial de Alimentos',
            'برنامج الأغذية العالمي'),
    'ocha': ('Bureau de la coordination des affaires humanitaires',
             'Oficina de Coordinación de Asuntos Humanitarios', 'مكتب تنسيق الشؤون الإنسانية'),
    'ilo': ('Organisation internationale du Travail', 'Organización Internacional del Trabajo',
            'منظمة العمل الدولية'),
}

GROUPS = {
    'aes': ('Alliance des États du Sahel', 'Alianza de Estados del Sahel', 'تحالف دول الساحل'),
    'african-union': ('Union africaine', 'Unión Africana', 'الاتحاد الأفريقي'),
    'arab-league': ('Ligue des États arabes', 'Liga de los Estados Árabes', 'جامعة الدول العربية'),
    'asean': ('Association des nations de l’Asie du Sud-Est',
              'Asociación de Naciones de Asia Sudoriental', 'رابطة أمم جنوب شرق آسيا'),
    'baltic': ('États baltes', 'Estados bálticos', 'دول البلطيق'),
    'benelux': ('Benelux', 'Benelux', 'بنلوكس'),
    'can': ('Communauté andine', 'Comunidad Andina', 'جماعة دول الأنديز'),
    'caricom': ('Communauté des Caraïbes', 'Comunidad del Caribe', 'الجماعة الكاريبية'),
    'cemac': ('Communauté économique et monétaire de l’Afrique centrale',
              'Comunidad Económica y Monetaria del África Central',
              'الجماعة الاقتصادية والنقدية لوسط أفريقيا'),
    'cis': ('Communauté d’États indépendants', 'Comunidad de Estados Independientes',
            'رابطة الدول المستقلة'),
    'commonwealth': ('Commonwealth', 'Commonwealth', 'الكومنولث'),
    'eac': ('Communauté d’Afrique de l’Est', 'Comunidad de África Oriental', 'جماعة شرق أفريقيا'),
    'ecowas': ('Communauté économique des États de l’Afrique de l’Ouest',
               'Comunidad Económica de los Estados de África Occidental',
               'الجماعة الاقتصادية لدول غرب أفريقيا'),
    'efta': ('Association européenne de libre-échange', 'Asociación Europea de Libre Comercio',
             'الرابطة الأوروبية للتجارة الحرة'),
    'emac': ('Pacte d’assistance entre États américains en cas d’urgence (EMAC)',
             'Pacto de asistencia entre estados de los Estados Unidos en emergencias (EMAC)',
             'ميثاق المساعدة في إدارة الطوارئ بين الولايات الأمريكية'),
    'eu': ('Union européenne', 'Unión Europea', 'الاتحاد الأوروبي'),
    'gcc': ('Conseil de coopération du Golfe', 'Consejo de Cooperación del Golfo',
            'مجلس التعاون الخليجي'),
    'igad': ('Autorité intergouvernementale pour le développement',
             'Autoridad Intergubernamental para el Desarrollo',
             'الهيئة الحكومية الدولية المعنية بالتنمية'),
    'iom-members': ('Membres de l’Organisation internationale pour les migrations',
                    'Miembros de la Organización Internacional para las Migraciones',
                    'أعضاء المنظمة الدولية للهجرة'),
    'mercosur': ('Marché commun du Sud', 'Mercado Común del Sur', 'السوق المشتركة للجنوب'),
    'mercosur-consular': ('Mécanisme de coopération consulaire du Mercosur',
                          'Mecanismo de Cooperación Consular del Mercosur',
                          'آلية التعاون القنصلي للسوق المشتركة للجنوب'),
    'migrant-workers-1990': ('Parties à la Convention sur les travailleurs migrants (1990)',
                             'Partes en la Convención sobre los trabajadores migratorios (1990)',
                             'الأطراف في اتفاقية العمال المهاجرين (1990)'),
    'nordic': ('Pays nordiques', 'Países nórdicos', 'بلدان الشمال الأوروبي'),
    'oas': ('Organisation des États américains', 'Organización de los Estados Americanos',
            'منظمة الدول الأمريكية'),
    'oecs': ('Organisation des États des Caraïbes orientales',
             'Organización de Estados del Caribe Oriental', 'منظمة دول شرق البحر الكاريبي'),
    'pacific-alliance': ('Alliance du Pacifique', 'Alianza del Pacífico', 'تحالف المحيط الهادئ'),
    'palermo-smuggling-2000': ('Parties au Protocole contre le trafic illicite de migrants (2000)',
                               'Partes en el Protocolo contra el tráfico ilícito de migrantes '
                               '(2000)', 'الأطراف في بروتوكول مكافحة تهريب المهاجرين (2000)'),
    'palermo-trafficking-2000': ('Parties au Protocole contre la traite des personnes (2000)',
                                 'Partes en el Protocolo contra la trata de personas (2000)',
                                 'الأطراف في بروتوكول منع الاتجار بالأشخاص (2000)'),
    'pif': ('Forum des îles du Pacifique', 'Foro de las Islas del Pacífico',
            'منتدى جزر المحيط الهادئ'),
    'rcrc': ('Sociétés nationales de la Croix-Rouge et du Croissant-Rouge',
             'Sociedades Nacionales de la Cruz Roja y de la Media Luna Roja',
             'الجمعيات الوطنية للصليب الأحمر والهلال الأحمر'),
    'refugee-1951': ('Parties à la Convention relative au statut des réfugiés (1951)',
                     'Partes en la Convención sobre el Estatuto de los Refugiados (1951)',
                     'الأطراف في الاتفاقية الخاصة بوضع اللاجئين (1951)'),
    'refugee-protocol-1967': ('Parties au Protocole relatif au statut des réfugiés (1967)',
                              'Partes en el Protocolo sobre el Estatuto de los Refugiados (1967)',
                              'الأطراف في البروتوكول الخاص بوضع اللاجئين (1967)'),
    'saarc': ('Association sud-asiatique de coopération régionale',
              'Asociación del Asia Meridional para la Cooperación Regional',
              'رابطة جنوب آسيا للتعاون الإقليمي'),
    'sadc': ('Communauté de développement de l’Afrique australe',
             'Comunidad de África Meridional para el Desarrollo',
             'الجماعة الإنمائية للجنوب الأفريقي'),
    'sica': ('Système d’intégration centraméricain', 'Sistema de la Integración Centroamericana',
             'منظومة التكامل لأمريكا الوسطى'),
    'stateless-1954': ('Parties à la Convention relative au statut des apatrides (1954)',
                       'Partes en la Convención sobre el Estatuto de los Apátridas (1954)',
                       'الأطراف في الاتفاقية المتعلقة بوضع الأشخاص عديمي الجنسية (1954)'),
    'statelessness-1961': ('Parties à la Convention sur la réduction des cas d’apatridie (1961)',
                           'Partes en la Convención para reducir los casos de apatridia (1961)',
                           'الأطراف في اتفاقية خفض حالات انعدام الجنسية (1961)'),
    'states': ('Tous les États', 'Todos los Estados', 'جميع الدول'),
    'tricamex': ('TRICAMEX', 'TRICAMEX', 'تريكامكس'),
    # bodies and treaties of single agreements
    'bolivarian-1911': (
        'Parties à l’Accord de Caracas sur les consuls (1911)',
        'Partes en el Acuerdo de Caracas sobre cónsules (1911)',
        'الأطراف في اتفاق كاراكاس بشأن القناصل (1911)',
    ),
    'central-america-mexico': (
        'Réseau consulaire de l’Amérique centrale et de la République dominicaine au Mexique',
        'Red consular de Centroamérica y la República Dominicana en México',
        'الشبكة القنصلية لأمريكا الوسطى والجمهورية الدومينيكية في المكسيك',
    ),
    'council-of-europe-trafficking': (
        'Parties à la Convention du Conseil de l’Europe sur la lutte contre la traite (2005)',
        'Partes en el Convenio del Consejo de Europa contra la trata (2005)',
        'الأطراف في اتفاقية مجلس أوروبا لمكافحة الاتجار بالبشر (2005)',
    ),
    'domestic-workers-2011': (
        'Parties à la Convention sur les travailleuses et travailleurs domestiques (2011)',
        'Partes en el Convenio sobre las trabajadoras y los trabajadores domésticos (2011)',
        'الأطراف في اتفاقية العمال المنزليين (2011)',
    ),
    'guam': ('GUAM', 'GUAM', 'غوام (منظمة الديمقراطية والتنمية الاقتصادية)'),
    'mexico-guatemala-honduras': (
        'Mexique, Guatemala et Honduras',
        'México, Guatemala y Honduras',
        'المكسيك وغواتيمالا وهندوراس',
    ),
    'mlc-2006': (
        'Parties à la Convention du travail maritime (2006)',
        'Partes en el Convenio sobre el trabajo marítimo (2006)',
        'الأطراف في اتفاقية العمل البحري (2006)',
    ),
    'oau-refugee-1969': (
        'Parties à la Convention de l’OUA sur les réfugiés (1969)',
        'Partes en la Convención de la OUA sobre los refugiados (1969)',
        'الأطراف في اتفاقية منظمة الوحدة الأفريقية بشأن اللاجئين (1969)',
    ),
    'un': ('Organisation des Nations Unies', 'Naciones Unidas', 'الأمم المتحدة'),
    'vccr-1963': ('Parties à la Convention de Vienne sur les relations consulaires (1963)',
                  'Partes en la Convención de Viena sobre Relaciones Consulares (1963)',
                  'الأطراف في اتفاقية فيينا للعلاقات القنصلية (1963)'),
}

# Their names in English, which no other table holds: places and parties have theirs there.
GROUPS_EN = {
    'aes': 'Alliance of Sahel States',
    'african-union': 'African Union',
    'arab-league': 'League of Arab States',
    'asean': 'Association of Southeast Asian Nations',
    'baltic': 'Baltic States',
    'benelux': 'Benelux',
    'bolivarian-1911': 'Parties to the Caracas Agreement on consuls (1911)',
    'can': 'Andean Community',
    'caricom': 'Caribbean Community',
    'cemac': 'Central African Economic and Monetary Community',
    'central-america-mexico':
        'Consular network of Central America and the Dominican Republic in Mexico',
    'cis': 'Commonwealth of Independent States',
    'commonwealth': 'Commonwealth',
    'council-of-europe-trafficking':
        'Parties to the Council of Europe Convention against trafficking (2005)',
    'domestic-workers-2011': 'Parties to the Domestic Workers Convention (2011)',
    'eac': 'East African Community',
    'ecowas': 'Economic Community of West African States',
    'efta': 'European Free Trade Association',
    'emac': 'Emergency Management Assistance Compact (EMAC)',
    'eu': 'European Union',
    'gcc': 'Gulf Cooperation Council',
    'guam': 'GUAM',
    'igad': 'Intergovernmental Authority on Development',
    'iom-members': 'Members of the International Organization for Migration',
    'mercosur': 'Southern Common Market (Mercosur)',
    'mercosur-consular': 'Mercosur consular cooperation mechanism',
    'mexico-guatemala-honduras': 'Mexico, Guatemala and Honduras',
    'migrant-workers-1990': 'Parties to the Convention on migrant workers (1990)',
    'mlc-2006': 'Parties to the Maritime Labour Convention (2006)',
    'nordic': 'Nordic countries',
    'oas': 'Organization of American States',
    'oau-refugee-1969': 'Parties to the OAU Convention on refugees (1969)',
    'oecs': 'Organisation of Eastern Caribbean States',
    'pacific-alliance': 'Pacific Alliance',
    'palermo-smuggling-2000': 'Parties to the Protocol against smuggling of migrants (2000)',
    'palermo-trafficking-2000': 'Parties to the Protocol on trafficking in persons (2000)',
    'pif': 'Pacific Islands Forum',
    'rcrc': 'National Red Cross and Red Crescent Societies',
    'refugee-1951': 'Parties to the Convention on the Status of Refugees (1951)',
    'refugee-protocol-1967': 'Parties to the Protocol on the Status of Refugees (1967)',
    'saarc': 'South Asian Association for Regional Cooperation',
    'sadc': 'Southern African Development Community',
    'sica': 'Central American Integration System',
    'stateless-1954': 'Parties to the Convention on the Status of Stateless Persons (1954)',
    'statelessness-1961': 'Parties to the Convention on the Reduction of Statelessness (1961)',
    'states': 'All States',
    'tricamex': 'TRICAMEX',
    'un': 'United Nations',
    'vccr-1963': 'Parties to the Vienna Convention on Consular Relations (1963)',
}

ZONES = {
    'rio-grande-valley': ('Vallée du Rio Grande', 'Valle del Río Grande', 'وادي ريو غراندي'),
    'unrwa-fields': ('Zones d’opérations de l’UNRWA', 'Zonas de operaciones del UNRWA',
                     'مناطق عمليات الأونروا'),
}


# A National Society is named by its emblem and its country: its own name in three more languages is
# not in the sources.
EMBLEMS = {
    'Red Cross': ('Croix-Rouge', 'Cruz Roja', 'الصليب الأحمر'),
    'Red Crescent': ('Croissant-Rouge', 'Media Luna Roja', 'الهلال الأحمر'),
}


def society(known, party):
    """The names of a National Society; none where its own name says no emblem."""
    for emblem, words in EMBLEMS.items():
        if emblem in party['name']:
            return tuple(
                '%s (%s)' % pair for pair in zip(words, country(known, party['country']))
            )
    return ()


def plain(name):
    """A name without its footnote marks and its article: "Soudan (le)" is "Soudan"."""
    name = re.sub(r'\s*\*+$', '', name.strip())
    return re.sub(r" \((?:le|la|les|l'|l’|el|los|las)\)$", '', name)


def country(known, code):
    """The three names of a country; refuses one that the source does not name."""
    if code in COUNTRIES:
        return COUNTRIES[code]
    row = known.m49[code]
    names = tuple(plain(row['official_name_' + lang]) for lang in LANGS)
    if not all(names) or any('(' in n and code != 'FLK' and code != 'CCK' for n in names):
        raise ValueError('no plain name for %s: %s' % (code, names))
    return names


def rows(known, places, parties, groups, zones):
    """Rows of names.csv for what the other tables hold, in order of their ids. A group, a zone or
    an organization that has no name here is shown by the one it has.
    """
    named = {}
    for place in places:
        code = place['place']
        if place['kind'] == 'country':
            named[code] = country(known, code)
        elif place['kind'] in ('region', 'world'):
            named[code] = REGIONS[code]
        elif code.startswith('US-') and code[3:] in USA_STATES:
            named[code] = USA_STATES[code[3:]]
        elif code in CITIES:
            named[code] = CITIES[code]
    for party in parties:
        if party['party'] in PARTIES:
            named[party['party']] = PARTIES[party['party']]
        elif party['party'].startswith('us-') and party['party'][3:].upper() in USA_STATES:
            named[party['party']] = USA_STATES[party['party'][3:].upper()]
        elif party['party'].startswith('ns-'):
            named[party['party']] = society(known, party)
        elif party['kind'] == 'state' and party['party'] not in named:
            raise ValueError('no name for the State ' + party['party'])
    for prefix, table, key, items in (
        ('group:', GROUPS, 'group', groups),
        ('zone:', ZONES, 'zone', zones),
    ):
        for item in {row[key] for row in items} & set(table):
            named[prefix + item] = table[item]
    for group in {row['group'] for row in groups} & set(GROUPS_EN):
        named['group:' + group] += (GROUPS_EN[group],)
    return [
        {'id': code, 'lang': lang, 'name': name.replace('’', "'")}
        for code in sorted(named)
        for lang, name in zip(LANGS + ('en',), named[code])
    ]
