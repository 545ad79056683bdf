from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import STAGES, make_doc

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.annotations import Entities, OrganisationEntity, PersonEntity

LATER = list(STAGES[STAGES.index("resolve_references") + 1 :])


def entities(nlp: Language, text: str) -> Entities:
    doc = next(nlp.pipe([make_doc(nlp, text)], disable=LATER))
    found: Entities = doc._.entities
    return found


def people(nlp: Language, text: str) -> dict[str, PersonEntity]:
    return {person.name: person for person in entities(nlp, text).people.values()}


def organisations(nlp: Language, text: str) -> dict[str, OrganisationEntity]:
    return {body.name: body for body in entities(nlp, text).organisations.values()}


def test_a_family_name_that_nobody_introduces_is_a_person_of_its_own(nlp: Language) -> None:
    found = people(nlp, "Sales fell, Zhang said. Zhang blamed the rain. Zhang Yimou, a director, was elsewhere.")
    assert set(found) == {"Zhang", "Zhang Yimou"}
    assert (found["Zhang"].resolved, found["Zhang Yimou"].resolved) == (False, True)
    assert [flag.code for flag in found["Zhang"].flags] == ["unresolved-surname"]
    assert found["Zhang"].confidence < 0.9


def test_two_people_of_one_family_name_are_flagged_where_it_stands_alone(nlp: Language) -> None:
    found = people(nlp, "Li Wei, a cook, and Li Hong, a baker, met. Li Hong brought rolls. Flour is dear, Li said.")
    assert [flag.code for flag in found["Li Hong"].flags] == ["ambiguous-surname"]
    assert found["Li Wei"].flags == ()


def test_the_employer_is_the_body_that_the_title_means(nlp: Language) -> None:
    text = (
        "The Ministry of Transport closed the strait on Monday. Fog is rare in June, said Geng Yue, "
        "head of the department of safety supervision at the ministry."
    )
    found = entities(nlp, text)
    geng = next(person for person in found.people.values() if person.name == "Geng Yue")
    assert geng.roles == ("head of the department of safety supervision",)
    assert geng.organisation is not None
    assert found.organisations[geng.organisation].name == "Ministry of Transport"


def test_a_place_is_cut_from_a_title(nlp: Language) -> None:
    found = people(
        nlp, "Kang Ping, mayor of Zibo in Shandong, ate the barbecue with Xu Lan, Party secretary of Shandong."
    )
    assert found["Kang Ping"].roles == ("mayor",)
    assert found["Xu Lan"].roles == ("Party secretary",)


def test_titles_of_several_mentions_are_gathered_once(nlp: Language) -> None:
    text = "Professor Hao Min teaches in Jinan. Hao Min, president of Jinan Rose Co, grows roses. Professor Hao agrees."
    assert people(nlp, text)["Hao Min"].roles == ("Professor", "president")


def test_an_employer_that_nothing_explains_lowers_the_confidence(nlp: Language) -> None:
    found = people(nlp, "Shi Ke, a welder at the factory, slept. Gu Yan, a welder, slept too.")
    assert found["Shi Ke"].confidence < 0.9 <= found["Gu Yan"].confidence


def test_a_description_that_no_place_completes_names_no_organisation(nlp: Language) -> None:
    assert organisations(nlp, "Hubei and Hunan signed a pact. The provincial government will build a bridge.") == {}


def test_a_described_body_belongs_to_the_place_that_names_it(nlp: Language) -> None:
    found = entities(nlp, "In Hunan, the provincial department of finance raised fees.")
    (body,) = found.organisations.values()
    assert body.name == "Hunan Provincial Department of Finance"
    assert body.region is not None
    assert found.regions[body.region].name == "Hunan"


def test_every_reference_is_an_entity_of_the_document(nlp: Language) -> None:
    text = (
        "Wu Fan, a banker at Bank of Ningbo, flew to Tokyo. The bank paid. She met Ken Sato of the Japan External "
        "Trade Organization. China and Japan trade more, Wu said, and the country gains."
    )
    found = entities(nlp, text)
    known = {**found.people, **found.organisations, **found.regions}
    assert all(mention.ref in known for mention in found.mentions if mention.ref)
    assert [m.extent.start for m in found.mentions] == sorted(m.extent.start for m in found.mentions)
    assert {ref.kind for ref in known} == {"person", "organisation", "region"}


PAGE = """{headline}

By Wang Lin Source: China Daily Updated: 2022-08-19

{body}
"""


def test_a_family_name_in_the_headline_means_the_one_person_whom_the_body_introduces(nlp: Language) -> None:
    body = "Premier Qiao Shan asked officials in Chongqing on Thursday to save water. Qiao spoke at a pumping station."
    found = entities(nlp, PAGE.format(headline="Qiao urges officials to save water", body=body))
    (qiao,) = [person for person in found.people.values() if not person.is_author]
    assert [m.ref for m in found.mentions if m.kind == "person"].count(qiao.ref) == 3


def test_the_writer_is_never_meant_by_a_family_name_in_the_body(nlp: Language) -> None:
    found = people(
        nlp, PAGE.format(headline="Wells run dry", body="The wells near Lanzhou are empty, Wang said on Friday.")
    )
    assert (found["Wang Lin"].is_author, found["Wang Lin"].family_name) == (True, "Wang")
    assert (found["Wang"].is_author, found["Wang"].resolved) == (False, False)


def test_a_minister_is_of_the_ministry_however_it_is_written(nlp: Language) -> None:
    text = "The Labor Ministry raised the fee. Vice-Minister of Labor Chen Bo said in May that it was too low."
    found = entities(nlp, text)
    chen = next(person for person in found.people.values() if person.name == "Chen Bo")
    assert chen.organisation is not None
    assert found.organisations[chen.organisation].name == "Labor Ministry"


def test_a_ministry_in_the_headline_is_the_one_of_the_article(nlp: Language) -> None:
    body = "The Ministry of Transport will add ten ports in May. The trial began two years ago."
    found = entities(nlp, PAGE.format(headline="Paperless trial to be widened, ministry says", body=body))
    (ministry,) = found.organisations
    assert [m.form for m in found.mentions if m.ref == ministry] == ["nominal", "name"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Hong Kong lent 12 pianos to Guangdong. The Hong Kong Special Administrative Region government paid for "
            "the trip. The SAR government will do so again.",
            {"Hong Kong Special Administrative Region government": "Hong Kong"},
        ),
        ("Dust fell on Ningxia. The regional government closed schools.", {"Ningxia Regional Government": "Ningxia"}),
        ("Macao had 9 million guests. The SAR government was pleased.", {"Macao SAR Government": "Macao"}),
        ("Shenzhen met the HKSAR government in Hong Kong.", {"HKSAR government": "Hong Kong"}),
        ("Guangdong built 40 piers. The regional government was pleased.", {}),
        ("Macao and Hong Kong grew. The Special Administrative Region government was glad.", {}),
        (
            "Hong Kong built a tunnel. The Special Administrative Region government was glad.",
            {"Hong Kong Special Administrative Region Government": "Hong Kong"},
        ),
        ("Zhejiang built 40 piers. The municipal government was pleased.", {}),
        ("Huangpu district is full of piers. The municipal government was pleased.", {}),
        ("Shops in Jinan and Qingdao closed. The municipal bureau of commerce gave no reason.", {}),
        (
            "The Hubei provincial government and the Hunan provincial government met. The provincial government "
            "will pay for the dike.",
            {"Hubei provincial government": None, "Hunan provincial government": None},
        ),
        (
            "The Suzhou municipal government gave out coupons. Wuxi built a tram. The municipal government was proud.",
            {"Suzhou municipal government": None},
        ),
        (
            "Jilin province is cold. The Jilin city government bought ploughs.",
            {"Jilin city government": None},
        ),
        (
            "Traffic in Gansu stood still. The Qinghu regional government sent trucks.",
            {"Qinghu regional government": None},
        ),
    ],
)
def test_a_body_is_completed_by_its_own_place_or_by_none(
    nlp: Language, text: str, names: dict[str, str | None]
) -> None:
    found = entities(nlp, text)
    regions = {ref: value.name for ref, value in found.regions.items()}
    assert {b.name: regions.get(b.region) if b.region else None for b in found.organisations.values()} == names


def test_a_branch_is_part_of_the_body_that_the_article_names_elsewhere(nlp: Language) -> None:
    text = (
        "The People's Bank of China eased its rules. The Wuhan branch of the People's Bank of China will test them, "
        "said Mu Qing, deputy head of the branch."
    )
    found = organisations(nlp, text)
    branch = found["Wuhan branch of the People's Bank of China"]
    assert branch.parent == found["People's Bank of China"].ref
    assert people(nlp, text)["Mu Qing"].organisation == branch.ref


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Officials from Sichuan and Yunnan met in Chengdu. The provincial department of finance will pay.", set()),
        (
            "Hunan and Hubei signed a pact. Hunan has more lakes. Hunan will build a dike. The provincial government "
            "is rich.",
            {"Hunan Provincial Government"},
        ),
        (
            "Pudong New Area has 300 banks. The district government in Shanghai's Huangpu district invited more.",
            {"Huangpu District Government"},
        ),
        (
            "Guangdong thanked the Government of the Hong Kong Special Administrative Region. The HKSAR government "
            "will pay for the ferry.",
            {"Government of the Hong Kong Special Administrative Region"},
        ),
        (
            "Lintan county in Gansu planted trees. The county government hired 20 people; the prefectural government "
            "sent seeds.",
            {"Lintan County Government"},
        ),
    ],
)
def test_of_places_named_alike_none_completes_a_body(nlp: Language, text: str, names: set[str]) -> None:
    assert set(organisations(nlp, text)) == names


def test_a_name_that_one_of_several_places_completes_is_not_sure(nlp: Language) -> None:
    text = "Hunan and Hubei signed a pact. Hunan has more lakes. Hunan will pay. The provincial government is rich."
    assert organisations(nlp, text)["Hunan Provincial Government"].confidence < 0.9
    assert people(nlp, "Sales fell, said Ou Lin. Rao Jie, general manager, agreed.")["Ou Lin"].confidence < 0.9


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("The Heidai coal mine of the Lanqiao Mining Co is deep. It is safe, said Mu Qing, head of the mine.", True),
        ("Lanqiao Mining Co's open-pit mine is deep. It is safe, said Mu Qing, head of the mine.", True),
        ("A mine run by Lanqiao Mining Co is deep. It is safe, said Mu Qing, head of the mine.", True),
        ("Lanqiao Mining Co bought a mill. The mine is safe, said Mu Qing, head of the mine.", False),
        (
            "A mine of Lanqiao Mining Co and a mine of Heidai Coal Co are safe, said Mu Qing, head of the mine.",
            False,
        ),
    ],
)
def test_the_owner_of_a_site_employs_its_head(nlp: Language, text: str, *, employer: bool) -> None:
    found = entities(nlp, text)
    person = next(person for person in found.people.values() if person.name == "Mu Qing")
    named = found.organisations[person.organisation].name if person.organisation else None
    assert named == ("Lanqiao Mining Co" if employer else None)
