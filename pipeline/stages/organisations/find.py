"""The component `find_organisations`: names and descriptions of organisations."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import Extent, OrganisationMention
from pipeline.stages.organisations.aliases import Alias, find_aliases, key_of, rejoin, settle
from pipeline.stages.organisations.branches import find_branches
from pipeline.stages.organisations.candidates import Candidate, choose, without_company_divisions
from pipeline.stages.organisations.companies import find_companies
from pipeline.stages.organisations.described import find_described
from pipeline.stages.organisations.exemplars import find_exemplars
from pipeline.stages.organisations.known import find_known
from pipeline.stages.organisations.names import find_names
from pipeline.stages.organisations.nesting import extents, parent_of
from pipeline.stages.organisations.normalise import clean_name
from pipeline.stages.organisations.patterns import RUN
from pipeline.stages.organisations.shape import read_shape
from pipeline.stages.organisations.sites import find_sites
from pipeline.stages.organisations.statistical import find_statistical

if not Span.has_extension("organisation"):
    Span.set_extension("organisation", default=None)


@Language.component("find_organisations", assigns=["doc.spans", "span._.organisation"])
def find_organisations(doc: Doc) -> Doc:
    """Fill `doc.spans["organisations"]`; `span._.organisation` is an `OrganisationMention`.

    `span.label_` is the kind, `span.id_` the rule, `span.kb_id_` a key that all mentions of one organisation share
    ("NBS" and "National Bureau of Statistics of China" have one). A described body's key is that of its words alone.
    """
    shape = read_shape(doc)
    chosen = without_company_divisions(choose(settle(doc, _candidates(doc, shape))))
    chosen = rejoin(doc, shape, chosen)
    aliases = list(find_aliases(doc, shape, chosen))
    doc.spans["organisations"] = _spans(doc, shape, chosen, aliases)
    return doc


def _candidates(doc: Doc, shape: str) -> list[Candidate]:
    found = [c for c in find_known(doc) if not _is_credit(doc, c) and not _names_a_place(shape, c)]
    found += find_names(doc, shape)
    found += find_described(doc, shape)
    found += find_companies(doc, shape)
    found += find_exemplars(doc, shape)
    found += find_sites(doc, shape)
    found += find_statistical(doc, shape)
    return [*find_branches(doc, shape, found), *found]


def _is_credit(doc: Doc, candidate: Candidate) -> bool:
    """Whether a newspaper's name only signs a text or a photo: "(Xinhua)", "[Photo/China Daily]"."""
    if candidate.kind != "media":
        return False
    before = doc[candidate.start - 1].text if candidate.start else ""
    after = doc[candidate.end].text if candidate.end < len(doc) else ""
    alone = after in (")", "") and before in ("(", ":", "by", "/")
    return alone or before.endswith(("/", "[")) or after.startswith(("/", "]"))


def _names_a_place(shape: str, candidate: Candidate) -> bool:
    """Whether a company's name opens the name of a place or an event ("Geely Automobile Museum Park")."""
    run = RUN.match(shape, candidate.end)
    return candidate.kind in ("company", "media") and run is not None and run.group().endswith("E")


def _spans(doc: Doc, shape: str, chosen: list[Candidate], aliases: list[Alias]) -> list[Span]:
    mentions = sorted(chosen + [alias.candidate for alias in aliases], key=lambda c: c.start)
    fulls = {alias.candidate.start: alias.full for alias in aliases}
    keys = [key_of(doc, fulls.get(c.start, c)) for c in mentions]
    named = extents(doc, mentions, keys)
    longest = _longest(doc, mentions, keys)
    spans = []
    for candidate, key in zip(mentions, keys, strict=True):
        span = Span(doc, candidate.start, candidate.end, label=candidate.kind, span_id=candidate.rule, kb_id=key)
        full = longest[key]
        span._.organisation = OrganisationMention(
            name=clean_name(span.text),
            kind=candidate.kind,
            described=candidate.described,
            level=candidate.level,
            alias_of=None if candidate.described or _same(span, full) else full,
            parent=parent_of(doc, shape, candidate, mentions, named),
            seat=candidate.seat,
            rule=candidate.rule,
            confidence=candidate.confidence,
        )
        spans.append(span)
    return spans


def _longest(doc: Doc, mentions: list[Candidate], keys: list[str]) -> dict[str, Extent]:
    """Where the fullest form of each organisation stands first."""
    best: dict[str, Extent] = {}
    for candidate, key in zip(mentions, keys, strict=True):
        span = doc[candidate.start : candidate.end]
        extent = Extent(span.start_char, span.end_char)
        if key not in best or extent.end - extent.start > best[key].end - best[key].start:
            best[key] = extent
    return best


def _same(span: Span, full: Extent) -> bool:
    return len(span.text) == full.end - full.start
