"""Document → plain lists and dicts, as the JSON object's `blocks` hold them (schema.json describes them).

Each block has its type, its source (first and last block number of the page), the XPath of the element around that, its
text, and what its type adds. Where a link leads and what is emphasised is in the Markdown.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeAlias

from newsclean.document import (
    Code,
    DefinitionList,
    Divider,
    Embed,
    Figure,
    Footnote,
    Heading,
    List,
    Math,
    Paragraph,
    Quote,
    Table,
)
from newsclean.render.plain import block_text, block_texts, inline_text
from newsclean.render.safe import image_address, link_address, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.document import Block, Cell, Document, Image, Inline

Json: TypeAlias = "dict[str, Any]"

_NAMES: dict[type, str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    List: "list",
    DefinitionList: "definition_list",
    Table: "table",
    Code: "code",
    Quote: "quote",
    Figure: "figure",
    Embed: "embed",
    Divider: "divider",
    Footnote: "footnote",
    Math: "math",
}


def document_blocks(document: Document, paths: Mapping[int, str] | None = None) -> list[Json]:
    """Return the document's blocks in reading order; keys and their order depend on the type alone.

    `paths` (block number → XPath) tell where a block stands in the page: the path of the element around all of it.
    """
    found = _blocks(document.blocks)
    known = paths or {}
    stack = list(found)
    while stack:
        block = stack.pop()
        block["path"] = _path(block["source"], known)
        stack += _inner(block)
    return found


def _inner(block: Json) -> list[Json]:
    """Return the blocks inside a block."""
    if block["type"] == "list":
        return [inner for item in block["items"] for inner in item["blocks"]]
    if block["type"] == "definition_list":
        return [inner for item in block["items"] for blocks in item["descriptions"] for inner in blocks]
    inner: list[Json] = block.get("blocks", [])
    return inner


def _path(source: list[int] | None, paths: Mapping[int, str]) -> str | None:
    """Return the path that the paths of a range of blocks share."""
    known = (
        [paths[number].split("/") for number in range(source[0], source[1] + 1) if number in paths] if source else []
    )
    if not known:
        return None
    first, last = min(known), max(known)
    shared = [one for one, other in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))]
    return "/".join(shared) or None


def _blocks(blocks: Sequence[Block]) -> list[Json]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> Json:
    source = None if isinstance(block, Math) or block.source is None else list(block.source)
    return {"type": _NAMES[type(block)], "source": source, "path": None, "text": block_text(block), **_details(block)}


def _details(block: Block) -> Json:
    if isinstance(block, Heading):
        return {"level": min(max(block.level, 2), 6)}
    if isinstance(block, List):
        items = [{"checked": item.checked, "blocks": _blocks(item.content)} for item in block.items]
        return {"ordered": block.ordered, "start": block.start, "marker": block.marker, "items": items}
    if isinstance(block, DefinitionList):
        return {"items": [_definition(item.term, item.descriptions) for item in block.items]}
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Code):
        return {"language": one_line(block.language or "") or None}
    if isinstance(block, Quote):
        return {
            "callout": one_line(block.callout or "") or None,
            "title": inline_text(block.title) or None,
            "post": block.is_post,
            "blocks": _blocks(block.content),
        }
    if isinstance(block, Figure):
        caption, credit = inline_text(block.caption) or None, one_line(block.credit or "") or None
        return {"images": [_image(image) for image in block.images], "caption": caption, "credit": credit}
    if isinstance(block, Embed):
        return {"href": link_address(block.href), "title": one_line(block.title) or None}
    if isinstance(block, Footnote):
        return {"label": one_line(block.label), "blocks": _blocks(block.content)}
    return {}


def _definition(term: Sequence[Inline], descriptions: Sequence[Sequence[Block]]) -> Json:
    return {"term": inline_text(term), "descriptions": [_blocks(description) for description in descriptions]}


def _table(block: Table) -> Json:
    return {
        "caption": inline_text(block.caption) or None,
        "header": _row(block.header),
        "rows": [_row(row) for row in block.rows],
        "align": list(block.align),
    }


def _row(cells: Sequence[Cell]) -> list[str]:
    return ["\n".join(block_texts(cell.content)) for cell in cells]


def _image(image: Image) -> Json:
    """Return the image; its address is None where it is not one that may be shown (a data: address, say)."""
    href = link_address(image.link) if image.link else None
    return {"src": image_address(image.src), "alt": one_line(image.alt) or None, "href": href}
