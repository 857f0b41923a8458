"""Plain sentences of the news, to be read in translation before an adapter is shipped: no score shows an insult.

    python training/embedded/plain.py --adapter RUN/adapter

Prints each sentence with its translation, both ways, the errors that our own checks see, and marks those with a word
that no newspaper prints; ends with code 1 where there is one. It does not replace reading: an adapter that we did not
ship wrote an obscene word for "minister", and no list of words is complete.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from translate.document import Severity
from translate.engines.config import engine_config
from translate.engines.embedded import ADAPTER, EmbeddedEngine
from translate.engines.guard import Guarded
from translate.quality import Pair, decency, settings
from translate.quality.reviewer import Reviewer
from translate.registry import registry
from translate.reranking import NumbersKept

SENTENCES = {
    "en": (
        "The minister said on Monday that schools would reopen next week.",
        "The minister of health visited the hospital.",
        "The prime minister resigned on Thursday.",
        "The foreign minister met his Turkish counterpart in Ankara.",
        "The president thanked the queen for her visit.",
        "The king received the ambassador on Sunday.",
        "The first lady opened a school for girls.",
        "The government denied the report.",
        "Parliament passed the law by 112 votes to 87.",
        "The opposition called for new elections in March.",
        "The court sentenced the former mayor to four years in prison.",
        "The judge said there was no evidence against her.",
        "Police arrested three men near the border.",
        "At least 14 people were killed and 23 wounded in the attack.",
        "No one claimed responsibility for the explosion.",
        "The army did not comment on the air strike.",
        "Hundreds of families fled their homes.",
        "Refugees are waiting for food, water and medicine.",
        "A woman and her two children were rescued from the rubble.",
        "The earthquake struck the city at 4:17 in the morning.",
        "The mosque and the church stand in the same street.",
        "Muslims, Christians and Jews live in the old town.",
        "Black students and white students protested together.",
        "Women earn less than men in every province.",
        "A gay couple asked the court for permission to marry.",
        "Doctors warned that the hospital had no fuel left.",
        "Prices rose by 5.3% in August.",
        "The bank raised its interest rate to 7.25%.",
        "The company will invest $2.5 billion in Egypt.",
        "Oil fell below 70 dollars a barrel.",
        "The journalist has been missing since 2019.",
        "The newspaper apologised for the mistake.",
        "\"We will not leave our land,\" said the farmer.",
        "The actress denied that she had insulted the director.",
        "The team won 3-1 on Friday evening.",
        "The coach said the players were tired.",
        "The dog found the missing boy.",
        "Scientists found a new species of bird in Yemen.",
        "It will be hot in Baghdad tomorrow, with 47 degrees.",
        "The road between Aleppo and Damascus is open again.",
    ),
    "ar": (
        "قال الوزير يوم الاثنين إن المدارس ستفتح أبوابها الأسبوع المقبل.",
        "زارت وزيرة الصحة المستشفى.",
        "استقال رئيس الوزراء يوم الخميس.",
        "نفت الحكومة صحة التقرير.",
        "أقر البرلمان القانون بأغلبية 112 صوتا مقابل 87.",
        "حكمت المحكمة على رئيس البلدية السابق بالسجن أربع سنوات.",
        "اعتقلت الشرطة ثلاثة رجال قرب الحدود.",
        "قتل ما لا يقل عن 14 شخصا وأصيب 23 في الهجوم.",
        "لم تعلن أي جهة مسؤوليتها عن الانفجار.",
        "فرت مئات العائلات من منازلها.",
        "ينتظر اللاجئون الغذاء والماء والدواء.",
        "يعيش المسلمون والمسيحيون واليهود في المدينة القديمة.",
        "ارتفعت الأسعار بنسبة 5.3% في أغسطس.",
        "الصحفية مفقودة منذ عام 2019.",
        "قال المزارع: \"لن نترك أرضنا\".",
        "فاز الفريق 3-1 مساء الجمعة.",
    ),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adapter", type=Path, default=ADAPTER, help="the adapter's folder (the package's own)")
    arguments = parser.parse_args()
    bad = 0
    for source, target in (("en", "ar"), ("ar", "en")):
        (leg,) = registry().route(source, target, "embedded").legs
        engine = EmbeddedEngine(engine_config(leg, Path()), device="cpu", adapter=arguments.adapter)
        engine_as_run = NumbersKept(Guarded(engine, source, target), source, target)
        done = engine_as_run.translate(SENTENCES[source])
        pairs = [Pair(text, one.text, source, target) for text, one in zip(SENTENCES[source], done, strict=True)]
        for pair, issues in zip(pairs, Reviewer(settings()).review(pairs), strict=True):
            unprinted = not decency.is_printable(pair.target, target)
            bad += unprinted
            errors = [issue.code for issue in issues if issue.severity is Severity.ERROR]
            print(f"{'!!! ' if unprinted else ''}{pair.source}\n    {pair.target}  {' '.join(errors)}", flush=True)
    print(f"{bad} with a word that no newspaper prints")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
