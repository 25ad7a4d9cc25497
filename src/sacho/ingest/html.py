"""An HTML page to a draft: the news system's own container, else a general extractor. Nothing is rendered or fetched."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from lxml import etree
from lxml import html as lxml_html

from sacho.ingest.drafts import Draft, Piece, to_day
from sacho.ingest.errors import Unreadable
from sacho.records import BlockKind, Record

MAX_HTML_BYTES = 10_000_000
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_BREAKING = {
    "p", "div", "br", "section", "article", "li", "ul", "ol", "tr", "table", "blockquote", "h1", "h2", "h3", "h4", "h5",
    "h6", "figure", "figcaption", "header", "footer", "dd", "dt", "dl", "hr", "tbody", "center",
}  # fmt: skip
_SITE_SUFFIX = re.compile(r"\s*[-|<:·–—]\s*[^-|<:·–—]{1,25}$")


class Container(Record):
    """Where one news system keeps the report."""

    id: str
    xpath: str


class HtmlRules(Record):
    """`data/html.toml`, checked."""

    limits: dict[str, int]
    container: tuple[Container, ...]
    drop: dict[str, str]
    caption: dict[str, str]
    meta: dict[str, tuple[str, ...]]


@cache
def load_html_rules() -> HtmlRules:
    """The selectors, read once a process."""
    import msgspec

    source = files("sacho.ingest").joinpath("data", "html.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), HtmlRules)


def html_draft(source: str) -> Draft:
    """Title, day, outlet, report and captions of a page. Raises `Unreadable` if the page holds no report."""
    rules = load_html_rules()
    page = _parsed(source)
    pieces = _contained(page, rules) or _extracted(source)
    if not pieces:
        raise Unreadable("is an HTML page without a report", "save the page with its text, or give the text itself")
    outlet = _first_meta(page, rules.meta["outlet"])
    return Draft(
        pieces=pieces, title=_title(page, rules, outlet), outlet=outlet, published=_day(page, rules),
        url=_first_meta(page, rules.meta["url"]),
    )  # fmt: skip


def _parsed(source: str) -> etree._Element:
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return lxml_html.document_fromstring(_XML_DECLARATION.sub("", source, count=1), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable(f"is no HTML page ({error})", "save the page again, or give the text itself") from None


def _contained(page: etree._Element, rules: HtmlRules) -> tuple[Piece, ...]:
    """The pieces of the first container that holds enough text."""
    for container in rules.container:
        for element in _nodes(page, container.xpath):
            for dropped in _nodes(element, rules.drop["xpath"]):
                dropped.drop_tree()
            captions = [node for node in _nodes(element, rules.caption["xpath"]) if node is not element]
            pieces = _pieces(element, captions)
            if sum(len(piece.text) for piece in pieces) >= rules.limits["container"]:
                return pieces
    return ()


def _extracted(source: str) -> tuple[Piece, ...]:
    # Imported here: it takes longer to load than most pages take to read, and few pages need it.
    from trafilatura import extract

    text = extract(source, favor_precision=True, include_comments=False, include_tables=True)
    return (Piece(text=text),) if text and text.strip() else ()


def _pieces(element: etree._Element, captions: list[etree._Element]) -> tuple[Piece, ...]:
    """Text with line breaks where the page breaks, captions apart."""
    out: list[Piece] = []
    words: list[str] = []

    def flush() -> None:
        text = _tidied("".join(words))
        words.clear()
        if text:
            out.append(Piece(text=text))

    def walk(node: etree._Element) -> None:
        if node in captions:
            flush()
            text = _tidied(" ".join(node.text_content().split()))
            if text:
                out.append(Piece(text=text, kind=BlockKind.caption))
            return
        breaking = node.tag in _BREAKING
        words.append("\n" if breaking else "")
        words.append(re.sub(r"\s+", " ", node.text or ""))
        for child in node:
            if isinstance(child.tag, str):
                walk(child)
            words.append(re.sub(r"\s+", " ", child.tail or ""))
        words.append("\n" if breaking else "")

    walk(element)
    flush()
    return tuple(out)


def _tidied(text: str) -> str:
    lines = (line.strip() for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


def _title(page: etree._Element, rules: HtmlRules, outlet: str | None) -> str | None:
    for xpath in rules.meta["title"]:
        title = _first_meta(page, (xpath,))
        if title:
            suffix = _SITE_SUFFIX.search(title)
            named = suffix is not None and (xpath == "//title" or (outlet is not None and outlet in suffix[0]))
            return title[: suffix.start()] if named and suffix is not None and suffix.start() > 5 else title
    return None


def _day(page: etree._Element, rules: HtmlRules) -> str | None:
    """The day the page gives; a value that is no day (`yesterday`) counts as none."""
    for xpath in rules.meta["published"]:
        value = _first_meta(page, (xpath,))
        try:
            if value:
                return to_day(value)
        except Unreadable:
            continue
    return None


def _first_meta(page: etree._Element, xpaths: tuple[str, ...]) -> str | None:
    for xpath in xpaths:
        for node in _nodes(page, xpath):
            value = " ".join((node if isinstance(node, str) else node.text_content()).split())
            if value:
                return value
    return None


def _nodes(element: etree._Element, xpath: str) -> list[etree._Element]:
    found = element.xpath(xpath)
    return list(found) if isinstance(found, list) else []
