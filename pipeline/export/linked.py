"""JSON-LD 1.1: one line a document, in the words of schema.org where it has them; the context stands in every line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.export.reading import Exported, Row

CONTEXT = {
    "@vocab": "https://schema.org/",
    "doc": "urn:pilotfacts:",
    "adcode": "urn:gb:2260:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "datePublished": {"@type": "xsd:date"},
    "worksFor": {"@type": "@id"},
    "parentOrganization": {"@type": "@id"},
    "location": {"@type": "@id"},
    "spokenByCharacter": {"@type": "@id"},
    "about": {"@type": "@id"},
}


def line(document: Exported) -> dict[str, Any]:
    """The article with its places, people, organisations, claims (`Observation`) and statements (`Quotation`)."""
    records, base = document.records, f"doc:{document.doc_id}"

    def ref(id_: str | None) -> str | None:
        return f"{base}#{id_}" if id_ else None

    graph = [_article(base, records["article"])]
    graph += [_place(ref(r["id"]), r) for r in records["regions"]]
    graph += [_person(ref(p["id"]), p, ref(p["organisation"])) for p in records["people"]]
    graph += [_organisation(ref(o["id"]), o, ref(o["parent"]), ref(o["region"])) for o in records["organisations"]]
    graph += [_claim(ref(c["id"]), c, [ref(r) for r in c["regions"]]) for c in records["claims"]]
    graph += [_statement(ref(s["id"]), s, ref(s["speaker"])) for s in records["statements"]]
    return {"@context": CONTEXT, "@id": base, "@graph": [_said(node) for node in graph]}


def _said(node: Row) -> Row:
    """Leave out what is not known."""
    return {key: value for key, value in node.items() if value not in (None, [], ())}


def _article(base: str, a: Row) -> Row:
    return {
        "@id": base,
        "@type": "NewsArticle",
        "headline": a["title"],
        "author": a["authors"],
        "publisher": a["publisher"],
        "datePublished": a["published"],
        "url": a["url"],
        "inLanguage": a["language"],
    }


def _place(id_: str | None, r: Row) -> Row:
    codes = [code for code in (r["iso_code"], f"adcode:{r['adcode']}" if r["adcode"] else None) if code]
    geo = {"@type": "GeoCoordinates", "latitude": r["latitude"], "longitude": r["longitude"]}
    names = {"name": r["name"], "alternateName": r["name_zh"], "identifier": codes}
    return {"@id": id_, "@type": "Place", **names, "geo": geo if r["latitude"] is not None else None}


def _person(id_: str | None, p: Row, employer: str | None) -> Row:
    names = {"name": p["name"], "familyName": p["family_name"], "givenName": p["given_name"]}
    return {"@id": id_, "@type": "Person", **names, "jobTitle": p["roles"], "worksFor": employer}


def _organisation(id_: str | None, o: Row, parent: str | None, region: str | None) -> Row:
    return {"@id": id_, "@type": "Organization", "name": o["name"], "parentOrganization": parent, "location": region}


def _claim(id_: str | None, c: Row, regions: list[str | None]) -> Row:
    value = {"@type": "QuantitativeValue", "value": c["value"], "maxValue": c["value_high"], "unitText": c["unit"]}
    said = {"measuredProperty": c["measure"], "description": c["text"], "about": regions}
    return {"@id": id_, "@type": "Observation", "value": _said(value), **said}


def _statement(id_: str | None, s: Row, speaker: str | None) -> Row:
    return {"@id": id_, "@type": "Quotation", "text": s["text"], "spokenByCharacter": speaker}
