"""Who speaks in each sentence of an article: named or described, by pronoun, in quotations; in both languages."""

import pytest

from translate.summarize.types import Found, Gender, Group
from translate.summarize.understand import understand

# Each article: its paragraphs, whose sentences are pairs of text and speaker; None is the reporter.
FIRE = [
    [
        (
            "A warehouse fire in the port of Tal Amar killed at least six dock workers on Tuesday and wounded dozens"
            " more, the Health Ministry announced.",
            "the Health Ministry",
        )
    ],
    [
        ("Karim Said, a crane operator, watched the roof fall in from the gate.", None),
        ('"I ran back twice," he told The Harbour Post.', "Karim Said"),
        ('"The third time they held me down."', "Karim Said"),
    ],
    [
        ("Governor Lina Haddad rejected claims that the alarms had been switched off.", "Governor Lina Haddad"),
        ("She said an inquiry would report within 30 days.", "Governor Lina Haddad"),
        ('"Nobody will be spared," she added.', "Governor Lina Haddad"),
    ],
    [
        ("According to the Dockers' Union, 14 people died, among them two cooks.", "the Dockers' Union"),
        ("Its figures could not be verified.", None),
    ],
    [
        ('A paramedic who asked not to be named described "a brutal silence" after the blast.', "a paramedic"),
        ('"We carried them out in tarpaulins.', "a paramedic"),
    ],
    [('"I stopped counting at nine," the paramedic said.', "a paramedic")],
    [
        ("Police have arrested three managers, Reuters reported.", "Reuters"),
        ("They allegedly stored fertiliser without a permit.", None),
        ("However, the ministry denied that any inspector had been bribed.", "the Health Ministry"),
    ],
]
DAM = [
    [
        ("Water rose over the Wadi Sarat dam on Sunday night, and three villages were emptied before dawn.", None),
        ('"The siren never sounded," said Nura Bakri, a teacher from Ain Sarat.', "Nura Bakri"),
        ('"My son heard the water first.', "Nura Bakri"),
        ('He woke the whole street."', "Nura Bakri"),
        (
            "The Electricity Authority, which runs the dam, said the gates had been opened on time.",
            "the Electricity Authority",
        ),
        ("It did not release its logs.", None),
    ],
    [
        ("A spokesman for the governor put the number of displaced families at 420.", "a spokesman for the governor"),
        ("Rivers Watch, a rights group, listed 38 people as missing.", "Rivers Watch"),
        ("The Levant Herald could not independently confirm either figure.", None),
        ("Two engineers told The Levant Herald that a crack had been reported in March.", "two engineers"),
        ("They asked not to be named.", None),
    ],
    [
        ("Mr Bakri, Nura's husband, disagreed with the official account.", None),
        ("The spokesman insisted that no warning had been ignored.", "a spokesman for the governor"),
        ("Analysts say the dam was built for smaller floods.", "analysts"),
    ],
]
CLASH = [
    [
        ("Gunmen attacked a convoy near Deir Halim on Friday, the army said.", "the army"),
        ("In a statement, the army said that four soldiers had been killed.", "the army"),
        ("The Northern Front, an armed group, claimed that it had acted in self-defence.", "the Northern Front"),
        (
            "A doctor at the town's hospital, speaking by phone, said 11 bodies had arrived.",
            "a doctor at the town's hospital",
        ),
        ('"Some were boys," she said, asking for her name to be withheld.', "a doctor at the town's hospital"),
        ("The EU called for restraint.", "the EU"),
        ("Hassan Omari told reporters the road had reopened.", "Hassan Omari"),
        ('Omari, who heads the local council, warned: "This can start again tomorrow."', "Hassan Omari"),
        ('"We have no ambulances," he said. ', "Hassan Omari"),
    ]
]
CANAL = [
    [
        ("تراقب سلمى منذ ثلاثة أيام سطح منزلها في بلدة أم السنابل، بعد أن سمعت إطلاق النار قرب القناة.", None),
        ("وقالت سلمى لصحيفة «المشرق»: «ننام على الأرض، والأطفال خائفون. لا كهرباء ولا ماء».", "سلمى"),
        ("وأضافت أن جيرانها غادروا البلدة يوم السبت.", "سلمى"),
        ("«لا أعرف متى سنعود».", "سلمى"),
    ],
    [
        (
            "وأعلنت وزارة الداخلية العراقية مقتل 23 شخصا، بينهم تسعة من رجال الشرطة، وإصابة 61 آخرين.",
            "وزارة الداخلية العراقية",
        ),
        (
            "غير أن المرصد العراقي للحقوق وثق مقتل ما لا يقل عن 47 شخصا، معظمهم من المدنيين.",
            "المرصد العراقي للحقوق",
        ),
        ("ولم تتمكن «المشرق» من التحقق من الحصيلتين بشكل مستقل.", None),
    ],
    [
        (
            "وقال قائد الشرطة فارس المنجد، في تصريحات إذاعية، إن رجاله لم يطلقوا النار أولا.",
            "قائد الشرطة فارس المنجد",
        ),
        ("وأوضح أن 34 مشتبها بهم محتجزون، وأن بعضهم كان يحمل بنادق يُزعم أنها مسروقة.", "قائد الشرطة فارس المنجد"),
        ("واتهم القائد «عصابات خارجة عن القانون» بارتكاب مجزرة.", "قائد الشرطة فارس المنجد"),
    ],
    [
        ("«جاءت السيارات ليلا ولم نعرف من فيها»، قال أبو نديم، وهو مربي نحل يعيش قرب الجسر.", "أبو نديم"),
        ("وتابع: «قُتل أخي وابن عمي قبل منتصف الليل».", "أبو نديم"),
        ("ووصف الرجل ما حدث بأنه إبادة.", "أبو نديم"),
    ],
    [
        ("وبحسب الأمم المتحدة، قد يرتفع عدد النازحين إلى 14 ألف شخص.", "الأمم المتحدة"),
        ("وشهدت البلدة عملية وحشية بحق سكانها.", None),
        ("وكان رجل من الضفة الشرقية، طلب عدم ذكر اسمه، قد قال إن عائلته فقدت 15 من أقاربها.", "رجل"),
    ],
]
PORT = [
    [
        (
            "قُتل ستة من عمال الميناء على الأقل وأصيب العشرات في حريق مستودع بمرفأ تل عمار يوم الثلاثاء، بحسب ما أعلنت"
            " وزارة الصحة.",
            "وزارة الصحة",
        )
    ],
    [
        ("وشاهد كريم سعيد، وهو عامل رافعة، السقف ينهار.", None),
        ("وقال لـ«بريد المرفأ»: «ركضت عائدا مرتين. في الثالثة أمسكوا بي».", "كريم سعيد"),
        ("ورفضت المحافظة لينا حداد الاتهامات بأن أجهزة الإنذار أُطفئت.", "المحافظة لينا حداد"),
        ("وأضافت أن تحقيقا سيصدر خلال 30 يوما.", "المحافظة لينا حداد"),
        ("«لن يفلت أحد»، على حد قولها.", "المحافظة لينا حداد"),
    ],
    [
        ("ووفقا لنقابة عمال الموانئ، توفي 14 شخصا، بينهم طباخان.", "نقابة عمال الموانئ"),
        ("ولم يتسن التحقق من أرقام النقابة.", None),
        ("ووصفت مسعفة طلبت عدم ذكر اسمها «صمتا وحشيا» بعد الانفجار.", "مسعفة"),
        ("«حملناهم في أغطية.", "مسعفة"),
    ],
    [("«توقفت عن العد عند تسعة»، كما قالت.", "مسعفة")],
    [
        ("وذكرت وكالة رويترز أن الشرطة اعتقلت ثلاثة مديرين.", "وكالة رويترز"),
        ("ويُعتقد أنهم خزنوا أسمدة بلا ترخيص.", None),
        ("لكن الوزارة نفت أن يكون أي مفتش قد تلقى رشوة.", "وزارة الصحة"),
    ],
]
FLOOD = [
    [
        ("ارتفعت المياه فوق سد وادي السرات ليل الأحد، وأُخليت ثلاث قرى قبل الفجر.", None),
        ("وقالت نورة البكري، وهي معلمة من عين السرات: «لم نسمع صفارة الإنذار».", "نورة البكري"),
        ("«سمع ابني صوت الماء أولا، وأيقظ الشارع كله».", "نورة البكري"),
        ("من جهتها، أكدت هيئة الكهرباء أن البوابات فُتحت في موعدها.", "هيئة الكهرباء"),
    ],
    [
        ("وقدر متحدث باسم المحافظ عدد العائلات النازحة بنحو 420 عائلة.", "متحدث باسم المحافظ"),
        ("وأحصت منظمة «مراقبة الأنهار» الحقوقية 38 مفقودا.", "منظمة"),
        ("وأكد المتحدث أن أحدا لم يتجاهل التحذيرات.", "متحدث باسم المحافظ"),
        ("ويقول خبراء إن السد بُني لفيضانات أصغر.", "خبراء"),
        ("ودعا الاتحاد الأوروبي إلى تحقيق مستقل.", "الاتحاد الأوروبي"),
    ],
]
ARTICLES = [
    (FIRE, "en"),
    (DAM, "en"),
    (CLASH, "en"),
    (CANAL, "ar"),
    (PORT, "ar"),
    (FLOOD, "ar"),
]


def spoken(article, language, *, one_block=False):
    paragraphs = [" ".join(text for text, _ in paragraph) for paragraph in article]
    return understand([" ".join(paragraphs)] if one_block else paragraphs, language)


@pytest.mark.parametrize(("article", "language"), ARTICLES)
@pytest.mark.parametrize("one_block", [False, True])
def test_every_sentence_has_its_speaker(article, language, one_block):
    found = spoken(article, language, one_block=one_block)
    expected = [pair for paragraph in article for pair in paragraph]
    got = [(claim.text, claim.speaker.name if claim.speaker else None) for claim in found.claims]
    assert got == [(text.strip(), speaker) for text, speaker in expected]


GROUPS = [
    (FIRE, "en", {"the Health Ministry": Group.OFFICIAL, "Karim Said": Group.UNKNOWN, "Reuters": Group.MEDIA}),
    (FIRE, "en", {"the Dockers' Union": Group.MONITOR, "a paramedic": Group.RESIDENT}),
    (DAM, "en", {"Nura Bakri": Group.RESIDENT, "Rivers Watch": Group.MONITOR, "analysts": Group.EXPERT}),
    (CLASH, "en", {"the army": Group.OFFICIAL, "the Northern Front": Group.ARMED_GROUP, "the EU": Group.INTERNATIONAL}),
    (
        CANAL,
        "ar",
        {"سلمى": Group.RESIDENT, "وزارة الداخلية العراقية": Group.OFFICIAL, "الأمم المتحدة": Group.INTERNATIONAL},
    ),
    (CANAL, "ar", {"المرصد العراقي للحقوق": Group.MONITOR, "أبو نديم": Group.RESIDENT, "رجل": Group.RESIDENT}),
    (PORT, "ar", {"وكالة رويترز": Group.MEDIA, "مسعفة": Group.RESIDENT, "المحافظة لينا حداد": Group.OFFICIAL}),
    (FLOOD, "ar", {"خبراء": Group.EXPERT, "الاتحاد الأوروبي": Group.INTERNATIONAL, "منظمة": Group.MONITOR}),
]


@pytest.mark.parametrize(("article", "language", "groups"), GROUPS)
def test_groups(article, language, groups):
    found = {speaker.name: speaker.group for speaker in spoken(article, language).speakers}
    assert {name: found[name] for name in groups} == groups


WAYS = [
    ('Akram said: "The road is closed today."', [Found.EXPLICIT]),
    ('"The road is closed today." "It will open soon," Akram said.', [Found.QUOTATION, Found.EXPLICIT]),
    ("Akram said it was closed. He said it would open.", [Found.EXPLICIT, Found.PRONOUN]),
    ("The ministry denied it. The statement said the road was open.", [Found.EXPLICIT, Found.CARRIED]),
    ("It rained all day.", [None]),
]


@pytest.mark.parametrize(("text", "ways"), WAYS)
def test_how_a_speaker_was_found(text, ways):
    assert [claim.found for claim in understand([text], "en").claims] == ways


def test_a_pronoun_takes_the_last_who_fits():
    text = "Salma fled with her daughters. Karim stayed in his shop. She said the road was closed. He said it was open."
    assert [claim.speaker.name for claim in understand([text], "en").claims[2:]] == ["Salma", "Karim"]


def test_an_arabic_verb_takes_the_last_who_fits():
    text = "قالت سلمى إن الطريق مغلق. وقال كريم إن الطريق مفتوح. وأضافت أنها خائفة. وأضاف أنه باق."
    assert [claim.speaker.name for claim in understand([text], "ar").claims[2:]] == ["سلمى", "كريم"]


def test_nobody_fits_a_pronoun():
    (claim,) = understand(['"Go home," he said to the crowd.'], "en").claims
    assert claim.speaker is not None
    assert claim.speaker.group is Group.UNKNOWN
    assert not claim.speaker.named


def test_gender_and_side():
    text = "An Alawite woman said she had fled. The Syrian Defence Ministry announced a truce. Residents said it held."
    woman, ministry, residents = understand([text], "en").speakers
    assert (woman.gender, woman.side) == (Gender.FEMALE, "Alawite")
    assert (ministry.gender, ministry.side) == (Gender.BODY, "Syria")
    assert residents.gender is Gender.SEVERAL


def test_the_medium_never_speaks():
    for article, language in ARTICLES:
        found = spoken(article, language)
        papers = {word for paper in found.media for word in paper.split()}
        assert not any(set(speaker.name.split()) <= papers for speaker in found.speakers)


def test_others_who_speak_in_a_sentence():
    (claim,) = understand(
        ["Akram said the bridge was open, but the ministry denied that it had been repaired."], "en"
    ).claims
    assert claim.speaker is not None
    assert claim.speaker.name == "Akram"
    assert [one.name for one in claim.others] == ["the ministry"]


# What only looks like a report.
SILENT = [
    "The violence marks the end of the truce.",
    "The new rulers, who pledged to restore order, met on Friday.",
    "It was reported in March.",
    "The reports filled a room.",
    "Prices added to the pain.",
]


@pytest.mark.parametrize("text", SILENT)
def test_nobody_speaks(text):
    assert [claim.speaker for claim in understand([text], "en").claims] == [None]


SENTENCES = [
    ('Opposition leader Omar Sabri called the shooting "a crime".', "en", "opposition leader Omar Sabri"),
    ("Another resident, Hala Mansour, said she had fled.", "en", "Hala Mansour"),
    (
        "A report published in June by the Marsh and Field Institute said it may rain.",
        "en",
        "the Marsh and Field Institute",
    ),
    (
        "It was closed, according to farmers, police officers and aid workers.",
        "en",
        "farmers, police officers and aid workers",
    ),
    ("The figure, as described by two people in the room, was lower.", "en", "two people"),
    (
        "The UK-based Syrian Observatory for Human Rights listed ten dead.",
        "en",
        "the UK-based Syrian Observatory for Human Rights",
    ),
    ("Two Banks Monitor, a rights group run from an office abroad, listed 47 dead.", "en", "Two Banks Monitor"),
    ("أما هالة منصور، وهي من سكان الحي، فقالت إن أطفالها ينامون في الممر.", "ar", "هالة منصور"),
    ("وذكرت منظمة هيومن رايتس ووتش في تقرير أن الطرفين أطلقا النار.", "ar", "منظمة هيومن رايتس ووتش"),
    ("وصرح الدكتور سامي نصار، رئيس القسم، للصحفيين بأن الحالة حرجة.", "ar", "الدكتور سامي نصار"),
    ("وقال سكان تحدثوا إلى «المشرق» إن المتاجر أُغلقت.", "ar", "سكان"),
    ("وفقا لأكرم، الطريق مغلق.", "ar", "أكرم"),
]


@pytest.mark.parametrize(("text", "language", "name"), SENTENCES)
def test_the_speaker_of_one_sentence(text, language, name):
    (claim,) = understand([text], language).claims
    assert claim.speaker is not None
    assert claim.speaker.name == name


def test_an_object_pronoun_and_it_are_resolved():
    text = (
        "A nurse said it was late. According to her, 26 were treated. Amnesty International agreed. It said so twice."
    )
    claims = understand([text.replace("agreed", "denied it")], "en").claims
    assert [claim.speaker.name for claim in claims] == ["a nurse", "a nurse", *["Amnesty International"] * 2]
