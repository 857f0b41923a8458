"""The names, bodies, places, and counted things that the rule-made pairs speak of, in both languages.

Written for this project and released under CC0-1.0. No person is meant: first and last names are drawn independently.
"""

from __future__ import annotations

from agreement import Noun
from babel.dates import get_day_names, get_month_names
from vocabulary import Action, Body, Name, Place

# (English, Arabic) first names of men and of women, of many countries: a model that copies sounds needs many to see.
MEN = tuple(
    Name(*pair)
    for pair in (
        ("Akram", "أكرم"), ("Ahmed", "أحمد"), ("Khaled", "خالد"), ("Omar", "عمر"), ("Youssef", "يوسف"),
        ("Hassan", "حسن"), ("Sami", "سامي"), ("Tariq", "طارق"), ("Bilal", "بلال"), ("Marwan", "مروان"),
        ("Nabil", "نبيل"), ("Ziad", "زياد"), ("Faisal", "فيصل"), ("Anwar", "أنور"), ("Ghassan", "غسان"),
        ("Wael", "وائل"), ("Hisham", "هشام"), ("Adnan", "عدنان"), ("Rami", "رامي"), ("Jamal", "جمال"),
        ("Fadi", "فادي"), ("Salim", "سليم"), ("Mustafa", "مصطفى"), ("Ibrahim", "إبراهيم"), ("Tom", "توم"),
        ("John", "جون"), ("David", "ديفيد"), ("Peter", "بيتر"), ("Martin", "مارتن"), ("Robert", "روبرت"),
        ("Daniel", "دانيال"), ("Mark", "مارك"), ("Stefan", "ستيفان"), ("Pierre", "بيير"), ("Antonio", "أنطونيو"),
        ("Carlos", "كارلوس"), ("Ivan", "إيفان"), ("Sergei", "سيرغي"), ("Mehmet", "محمت"), ("Kenji", "كينجي"),
        ("Rajesh", "راجيش"), ("Kwame", "كوامي"), ("Oscar", "أوسكار"), ("Henrik", "هنريك"), ("George", "جورج"),
    )
)  # fmt: skip
WOMEN = tuple(
    Name(*pair, feminine=True)
    for pair in (
        ("Layla", "ليلى"), ("Mona", "منى"), ("Fatima", "فاطمة"), ("Sara", "سارة"), ("Mariam", "مريم"),
        ("Huda", "هدى"), ("Salma", "سلمى"), ("Rania", "رانيا"), ("Nadia", "نادية"), ("Amal", "أمل"),
        ("Samira", "سميرة"), ("Dina", "دينا"), ("Zeinab", "زينب"), ("Aisha", "عائشة"), ("Hanan", "حنان"),
        ("Rasha", "رشا"), ("Suad", "سعاد"), ("Lina", "لينا"), ("Mary", "ماري"), ("Anna", "آنا"),
        ("Laura", "لورا"), ("Emma", "إيما"), ("Sophie", "صوفي"), ("Julia", "جوليا"), ("Maria", "ماريا"),
        ("Elena", "إيلينا"), ("Olga", "أولغا"), ("Ingrid", "إنغريد"), ("Claire", "كلير"), ("Susan", "سوزان"),
    )
)  # fmt: skip
LAST = tuple(
    Name(*pair)
    for pair in (
        ("Haddad", "حداد"), ("Mansour", "منصور"), ("Khoury", "خوري"), ("Salem", "سالم"), ("Nasser", "ناصر"),
        ("Darwish", "درويش"), ("Aziz", "عزيز"), ("Hamdan", "حمدان"), ("Al Masri", "المصري"), ("Al Jabouri", "الجبوري"),
        ("Al Hashimi", "الهاشمي"), ("Qasim", "قاسم"), ("Sabbagh", "صباغ"), ("Najjar", "نجار"), ("Barakat", "بركات"),
        ("Shaheen", "شاهين"), ("Othman", "عثمان"), ("Farouk", "فاروق"), ("Karimi", "كريمي"), ("Yilmaz", "يلماز"),
        ("Smith", "سميث"), ("Brown", "براون"), ("Miller", "ميلر"), ("Taylor", "تايلور"), ("Wilson", "ويلسون"),
        ("Baker", "بيكر"), ("Carter", "كارتر"), ("Hughes", "هيوز"), ("Müller", "مولر"), ("Schneider", "شنايدر"),
        ("Weber", "فيبر"), ("Dubois", "دوبوا"), ("Laurent", "لوران"), ("Moreau", "مورو"), ("Rossi", "روسي"),
        ("Bianchi", "بيانكي"), ("Garcia", "غارسيا"), ("Fernandez", "فرنانديز"), ("Silva", "سيلفا"),
        ("Petrov", "بتروف"), ("Ivanov", "إيفانوف"), ("Novak", "نوفاك"), ("Kowalski", "كوفالسكي"),
        ("Johansson", "يوهانسون"), ("Hansen", "هانسن"), ("Tanaka", "تاناكا"), ("Kim", "كيم"), ("Singh", "سينغ"),
        ("Mensah", "منساه"), ("Okafor", "أوكافور"), ("Van Dijk", "فان دايك"), ("O'Connor", "أوكونور"),
    )
)  # fmt: skip
COUNTRIES = tuple(
    Place(*entry)
    for entry in (
        ("Syria", "سوريا", True), ("Iraq", "العراق", False), ("Lebanon", "لبنان", False), ("Egypt", "مصر", True),
        ("Yemen", "اليمن", False), ("Jordan", "الأردن", False), ("Libya", "ليبيا", True), ("Sudan", "السودان", False),
        ("Turkey", "تركيا", True), ("Iran", "إيران", True), ("Russia", "روسيا", True), ("Ukraine", "أوكرانيا", True),
        ("France", "فرنسا", True), ("Germany", "ألمانيا", True), ("Spain", "إسبانيا", True), ("Italy", "إيطاليا", True),
        ("Greece", "اليونان", True), ("Morocco", "المغرب", False), ("Algeria", "الجزائر", True),
        ("Tunisia", "تونس", True), ("Qatar", "قطر", True), ("Kuwait", "الكويت", True), ("Bahrain", "البحرين", True),
        ("Oman", "سلطنة عمان", True), ("Saudi Arabia", "السعودية", True), ("the UAE", "الإمارات", True),
        ("China", "الصين", True), ("Japan", "اليابان", True), ("India", "الهند", True), ("Pakistan", "باكستان", True),
        ("Afghanistan", "أفغانستان", True), ("Brazil", "البرازيل", True), ("Mexico", "المكسيك", True),
        ("Canada", "كندا", True), ("Britain", "بريطانيا", True), ("the United States", "الولايات المتحدة", True),
        ("Poland", "بولندا", True), ("Sweden", "السويد", True), ("Norway", "النرويج", True), ("Kenya", "كينيا", True),
        ("Nigeria", "نيجيريا", True), ("Ethiopia", "إثيوبيا", True), ("Somalia", "الصومال", False),
    )
)  # fmt: skip
CITIES = tuple(
    Place(*pair, True)
    for pair in (
        ("Damascus", "دمشق"), ("Aleppo", "حلب"), ("Homs", "حمص"), ("Idlib", "إدلب"), ("Baghdad", "بغداد"),
        ("Mosul", "الموصل"), ("Basra", "البصرة"), ("Beirut", "بيروت"), ("Tripoli", "طرابلس"), ("Cairo", "القاهرة"),
        ("Alexandria", "الإسكندرية"), ("Sanaa", "صنعاء"), ("Aden", "عدن"), ("Gaza", "غزة"), ("Ramallah", "رام الله"),
        ("Jerusalem", "القدس"), ("Amman", "عمّان"), ("Benghazi", "بنغازي"), ("Khartoum", "الخرطوم"),
        ("Istanbul", "إسطنبول"), ("Ankara", "أنقرة"), ("Tehran", "طهران"), ("Moscow", "موسكو"), ("Kyiv", "كييف"),
        ("Paris", "باريس"), ("Marseille", "مرسيليا"), ("Berlin", "برلين"), ("Hamburg", "هامبورغ"), ("Madrid", "مدريد"),
        ("Rome", "روما"), ("Athens", "أثينا"), ("Casablanca", "الدار البيضاء"), ("Tunis", "مدينة تونس"),
        ("Doha", "الدوحة"), ("Dubai", "دبي"), ("Abu Dhabi", "أبوظبي"), ("Riyadh", "الرياض"), ("Jeddah", "جدة"),
        ("Beijing", "بكين"), ("Tokyo", "طوكيو"), ("Mumbai", "مومباي"), ("Karachi", "كراتشي"), ("Kabul", "كابول"),
        ("London", "لندن"), ("Manchester", "مانشستر"), ("New York", "نيويورك"), ("Washington", "واشنطن"),
        ("Geneva", "جنيف"), ("Vienna", "فيينا"), ("Brussels", "بروكسل"), ("Nairobi", "نيروبي"), ("Lagos", "لاغوس"),
    )
)  # fmt: skip
BODIES = tuple(
    Body(*entry)
    for entry in (
        ("the UN", "الأمم المتحدة", True), ("the World Bank", "البنك الدولي"), ("the Red Cross", "الصليب الأحمر"),
        ("the army", "الجيش"), ("the government", "الحكومة", True), ("the opposition", "المعارضة", True),
        ("the Health Ministry", "وزارة الصحة", True), ("the Defence Ministry", "وزارة الدفاع", True),
        ("the Interior Ministry", "وزارة الداخلية", True), ("the Foreign Ministry", "وزارة الخارجية", True),
        ("the Education Ministry", "وزارة التعليم", True), ("the police", "الشرطة", True),
        ("the central bank", "البنك المركزي"), ("the European Union", "الاتحاد الأوروبي"),
        ("the African Union", "الاتحاد الأفريقي"), ("the Arab League", "جامعة الدول العربية", True),
        ("the World Health Organization", "منظمة الصحة العالمية", True), ("the Supreme Court", "المحكمة العليا", True),
        ("the company", "الشركة", True), ("the city council", "مجلس المدينة"), ("parliament", "البرلمان"),
        ("the coalition", "التحالف"), ("the civil defence", "الدفاع المدني"), ("the prosecutor", "المدعي العام"),
        ("the state news agency", "وكالة الأنباء الرسمية", True), ("the Syrian Observatory", "المرصد السوري"),
        ("the prime minister", "رئيس الوزراء"), ("the president", "الرئيس"), ("the foreign minister", "وزير الخارجية"),
        ("the mayor", "رئيس البلدية"), ("the governor", "المحافظ"), ("a local official", "مسؤول محلي"),
        ("a military source", "مصدر عسكري"), ("a medical source", "مصدر طبي"), ("a witness", "شاهد عيان"),
        ("a government spokeswoman", "متحدثة باسم الحكومة", True), ("the charity", "الجمعية الخيرية", True),
    )
)  # fmt: skip
# What a person who speaks in the news is: English, Arabic of a man, Arabic of a woman.
TRADES = (
    ("a doctor", "طبيب", "طبيبة"), ("a teacher", "مدرس", "مدرسة"), ("a journalist", "صحفي", "صحفية"),
    ("an engineer", "مهندس", "مهندسة"), ("a student", "طالب", "طالبة"), ("a farmer", "مزارع", "مزارعة"),
    ("a lawyer", "محام", "محامية"), ("a nurse", "ممرض", "ممرضة"), ("a shopkeeper", "صاحب متجر", "صاحبة متجر"),
    ("an aid worker", "عامل إغاثة", "عاملة إغاثة"), ("a researcher", "باحث", "باحثة"), ("a civilian", "مدني", "مدنية"),
)  # fmt: skip
TITLES = (
    ("Interior Minister", "وزير الداخلية", "وزيرة الداخلية"), ("Finance Minister", "وزير المالية", "وزيرة المالية"),
    ("army spokesman", "المتحدث باسم الجيش", None), ("police chief", "قائد الشرطة", "قائدة الشرطة"),
    ("Mayor", "رئيس البلدية", "رئيسة البلدية"), ("Dr", "الدكتور", "الدكتورة"), ("Judge", "القاضي", "القاضية"),
    ("Ambassador", "السفير", "السفيرة"), ("Professor", "البروفيسور", "البروفيسورة"), ("Colonel", "العقيد", None),
)  # fmt: skip
DAYS = tuple((get_day_names(locale="en")[i], get_day_names(locale="ar")[i]) for i in range(7))
MONTHS = tuple((get_month_names(locale="en")[i], get_month_names(locale="ar")[i]) for i in range(1, 13))
PEOPLE = (
    Noun("person", "people", "شخص", "أشخاص"), Noun("soldier", "soldiers", "جندي", "جنود"),
    Noun("civilian", "civilians", "مدني", "مدنيين"), Noun("child", "children", "طفل", "أطفال"),
    Noun("woman", "women", "امرأة", "نساء", True), Noun("worker", "workers", "عامل", "عمال"),
    Noun("student", "students", "طالب", "طلاب"), Noun("journalist", "journalists", "صحفي", "صحفيين"),
    Noun("refugee", "refugees", "لاجئ", "لاجئين"), Noun("police officer", "police officers", "شرطي", "رجال شرطة"),
    Noun("passenger", "passengers", "راكب", "ركاب"), Noun("doctor", "doctors", "طبيب", "أطباء"),
    Noun("migrant", "migrants", "مهاجر", "مهاجرين"), Noun("protester", "protesters", "متظاهر", "متظاهرين"),
)  # fmt: skip
THINGS = (
    Noun("house", "houses", "منزل", "منازل"), Noun("school", "schools", "مدرسة", "مدارس", True),
    Noun("village", "villages", "قرية", "قرى", True), Noun("hospital", "hospitals", "مستشفى", "مستشفيات"),
    Noun("truck", "trucks", "شاحنة", "شاحنات", True), Noun("tent", "tents", "خيمة", "خيام", True),
    Noun("bridge", "bridges", "جسر", "جسور"), Noun("car", "cars", "سيارة", "سيارات", True),
    Noun("ship", "ships", "سفينة", "سفن", True), Noun("missile", "missiles", "صاروخ", "صواريخ"),
    Noun("shop", "shops", "متجر", "متاجر"), Noun("factory", "factories", "مصنع", "مصانع"),
    Noun("bus", "buses", "حافلة", "حافلات", True), Noun("building", "buildings", "مبنى", "مبان"),
)  # fmt: skip
SPANS = (
    Noun("day", "days", "يوم", "أيام"), Noun("month", "months", "شهر", "أشهر"), Noun("year", "years", "عام", "أعوام"),
    Noun("week", "weeks", "أسبوع", "أسابيع"), Noun("hour", "hours", "ساعة", "ساعات", True),
    Noun("minute", "minutes", "دقيقة", "دقائق", True),
)  # fmt: skip
MONEY = (
    Noun("dollar", "dollars", "دولار", "دولارات"), Noun("euro", "euros", "يورو", "يورو"),
    Noun("dirham", "dirhams", "درهم", "دراهم"), Noun("pound", "pounds", "جنيه", "جنيهات"),
)  # fmt: skip
MEASURES = (
    Noun("kilometre", "kilometres", "كيلومتر", "كيلومترات"), Noun("metre", "metres", "متر", "أمتار"),
    Noun("tonne", "tonnes", "طن", "أطنان"), Noun("litre", "litres", "لتر", "لترات"),
)  # fmt: skip
SIDES = (
    ("north", "شمال"), ("south", "جنوب"), ("east", "شرق"), ("west", "غرب"), ("north-east", "شمال شرق"),
    ("south-west", "جنوب غرب"),
)  # fmt: skip
# A verb and its object: English past, English base form, Arabic past of a man, of a woman, Arabic present of both.
ACTIONS = tuple(
    Action(*entry)
    for entry in (
        ("called", "call", "دعا", "دعت", "يدعو", "تدعو", "for a ceasefire", "إلى وقف إطلاق النار"),
        ("condemned", "condemn", "استنكر", "استنكرت", "يستنكر", "تستنكر", "the attack", "الهجوم"),
        ("announced", "announce", "أعلن", "أعلنت", "يعلن", "تعلن", "a new plan", "خطة جديدة"),
        ("rejected", "reject", "رفض", "رفضت", "يرفض", "ترفض", "the proposal", "الاقتراح"),
        ("published", "publish", "نشر", "نشرت", "ينشر", "تنشر", "the report", "التقرير"),
        ("signed", "sign", "وقع", "وقعت", "يوقع", "توقع", "the agreement", "الاتفاق"),
        ("denied", "deny", "نفى", "نفت", "ينفي", "تنفي", "the allegations", "المزاعم"),
        ("welcomed", "welcome", "رحب", "رحبت", "يرحب", "ترحب", "the decision", "بالقرار"),
        ("postponed", "postpone", "أجل", "أجلت", "يؤجل", "تؤجل", "the elections", "الانتخابات"),
        ("opened", "open", "فتح", "فتحت", "يفتح", "تفتح", "an investigation", "تحقيقا"),
        ("closed", "close", "أغلق", "أغلقت", "يغلق", "تغلق", "the border", "الحدود"),
        ("raised", "raise", "رفع", "رفعت", "يرفع", "ترفع", "interest rates", "أسعار الفائدة"),
        ("cut", "cut", "خفض", "خفضت", "يخفض", "تخفض", "taxes", "الضرائب"),
        ("sent", "send", "أرسل", "أرسلت", "يرسل", "ترسل", "humanitarian aid", "مساعدات إنسانية"),
        ("suspended", "suspend", "علق", "علقت", "يعلق", "تعلق", "the talks", "المحادثات"),
        ("changed", "change", "غير", "غيرت", "يغير", "تغير", "the law", "القانون"),
        ("built", "build", "بنى", "بنت", "يبني", "تبني", "a new hospital", "مستشفى جديدا"),
    )

)  # fmt: skip
QUOTES = (
    ("We will return to our homes", "سنعود إلى منازلنا"),
    ("We need food and clean water", "نحتاج إلى الغذاء والمياه النظيفة"),
    ("The situation is very difficult", "الوضع صعب للغاية"), ("The war must end", "يجب أن تنتهي الحرب"),
    ("We lost everything", "فقدنا كل شيء"), ("I am not afraid", "لست خائفا"), ("Nobody helped us", "لم يساعدنا أحد"),
    ("Our children cannot go to school", "لا يستطيع أطفالنا الذهاب إلى المدرسة"),
    ("The city is safe now", "المدينة آمنة الآن"), ("The talks will continue", "ستستمر المحادثات"),
    ("The hospital has no medicine", "لا توجد أدوية في المستشفى"), ("The road is closed", "الطريق مغلق"),
    ("Prices are rising every day", "الأسعار ترتفع كل يوم"), ("There is no electricity", "لا توجد كهرباء"),
    ("I do not know where my brother is", "لا أعرف أين أخي"), ("We did not start this war", "لم نبدأ نحن هذه الحرب"),
    ("The government must act", "على الحكومة أن تتحرك"), ("They came at night", "جاؤوا ليلا"),
    ("The virus is spreading quickly", "الفيروس ينتشر بسرعة"), ("He was a civilian", "كان مدنيا"),
    ("She never carried a weapon", "لم تحمل سلاحا قط"), ("We have no other choice", "ليس أمامنا خيار آخر"),
    ("The investigation is not over", "لم ينته التحقيق"), ("My house was destroyed", "دمر منزلي"),
    ("It was the worst day of my life", "كان أسوأ يوم في حياتي"), ("We heard two explosions", "سمعنا انفجارين"),
    ("The results will be announced soon", "ستعلن النتائج قريبا"), ("This is a step forward", "هذه خطوة إلى الأمام"),
    ("The law protects nobody", "القانون لا يحمي أحدا"), ("We are waiting for answers", "نحن ننتظر إجابات"),
)  # fmt: skip
