"""FtrRule + source or tree → the source replaced, the tree edited and marked, step by step as STEPS says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from newsclean.lexicon.dates import parse_date
from newsclean.lexicon.names import clean_names
from newsclean.page.tree import parse_tree
from newsclean.sites._ftr import MAX_GROWTH, Directive, FtrRule, compile_xpath
from newsclean.sites._ftr_edit import (
    blank_text,
    delete_attribute,
    dissolve,
    move_into,
    use_attribute_as_source,
    wrap_in,
)
from newsclean.sites._marks import remove
from newsclean.sites._rule import Application

if TYPE_CHECKING:
    from collections.abc import Callable

    Element = etree._Element

MAX_MATCHES = 20_000
"""Matches of an expression that are used."""
UNTOUCHABLE = frozenset({"html", "body"})
"""Elements that a string in an id or class never strips: themes put words of every kind into their classes."""
COMMENT_WORDS = ("comments", "disqus", "respond")
"""Parts of ids and classes of readers' comments."""
STRIP_COMMENTS = "strip_comments"


def replace_strings(rule: FtrRule, source: str) -> str:
    """Return the source with the literal replacements of a rule, of those that hold for the page."""
    directives = rule.of("replace_string")
    root = parse_tree(source) if any(directive.condition for directive in directives) else None
    room = len(source) + MAX_GROWTH
    for directive in directives:
        if not directive.argument or (directive.condition and not _finds(root, directive.condition)):
            continue
        count = source.count(directive.argument)
        if len(source) + count * (len(directive.value) - len(directive.argument)) <= room:
            source = source.replace(directive.argument, directive.value)
    return source


def run_directives(rule: FtrRule, root: Element) -> Application:
    """Return what a rule says of a tree, which is edited."""
    application = Application(
        root,
        chooses_body=bool(rule.of("body")),
        prunes=rule.switch("prune", False),
        may_fall_back=rule.switch("autodetect_on_failure", True),
    )
    run = _Run(rule, application)
    for step in STEPS:
        step(run)
    return application


class _Run:
    """One rule on one tree."""

    def __init__(self, rule: FtrRule, application: Application) -> None:
        self.rule = rule
        self.application = application
        self.root = application.root
        conditions = {directive.condition for directive in rule.directives if directive.condition}
        self._holds = {condition: _finds(self.root, condition) for condition in conditions}

    def of(self, *names: str) -> list[Directive]:
        """Return the directives of these names that hold for the page."""
        return [one for one in self.rule.of(*names) if one.condition is None or self._holds[one.condition]]

    def find(self, directive: Directive) -> list[object]:
        """Return what a directive's XPath gives: elements and strings."""
        try:
            return evaluate(self.root, directive.value)
        except ValueError as error:
            self.application.warnings.append(f"line {directive.line}: {error}")
            return []

    def texts(self, name: str) -> list[str]:
        """Return the texts that the first matching directive of a name finds."""
        for directive in self.of(name):
            texts = [" ".join(_text(found).split()) for found in self.find(directive)]
            if any(texts):
                return [text for text in texts if text]
        return []


def evaluate(root: Element, expression: str) -> list[object]:
    """Return what an expression gives, a list in any case; raises ValueError where it cannot be evaluated."""
    try:
        found = compile_xpath(expression)(root)
    except etree.XPathError as error:
        raise ValueError(f"XPath {expression} fails: {error}") from error
    return list(found[:MAX_MATCHES]) if isinstance(found, list) else [found]


def _finds(root: Element | None, expression: str) -> bool:
    try:
        found = [] if root is None else evaluate(root, expression)
    except ValueError:
        return False
    return any(isinstance(one, etree._Element) or bool(one) for one in found)


def _text(found: object) -> str:
    if isinstance(found, str):
        return found
    return "".join(str(text) for text in found.itertext()) if isinstance(found, etree._Element) else ""


def read_fields(run: _Run) -> None:
    """Read title, authors and date."""
    if title := run.texts("title"):
        run.application.fields["title"] = title[0]
    if names := tuple(dict.fromkeys(name for text in run.texts("author") for name in clean_names(text))):
        run.application.fields["authors"] = names
    if days := [day for text in run.texts("date") if (day := parse_date(text))]:
        run.application.fields["published"] = days[0]


def read_links(run: _Run) -> None:
    """Read where the next page and the one-page view are."""
    run.application.next_page = _address(run, "next_page_link")
    run.application.single_page = _address(run, "single_page_link")


def _address(run: _Run, name: str) -> str | None:
    for directive in run.of(name):
        for found in run.find(directive):
            address = found.get("href") if isinstance(found, etree._Element) else str(found)
            if address and address.strip():
                return address.strip()
    return None


def read_clues(run: _Run) -> None:
    """Tell of advertorials and of pages that were saved without the login that shows all of them."""
    if any(_finds(run.root, directive.value) for directive in run.of("native_ad_clue")):
        run.application.warnings.append("the page is marked as a native advertisement")
    if any(_finds(run.root, directive.value) for directive in run.of("not_logged_in_xpath")):
        run.application.warnings.append("the page was saved without login and may be cut")


def drop_json_ld(run: _Run) -> None:
    """Take structured data out of the tree, so that no metadata is read from it."""
    if run.rule.switch("skip_json_ld", False):
        for script in list(run.root.iter("script")):
            if (script.get("type") or "").strip().lower() == "application/ld+json":
                remove(script)


def strip(run: _Run) -> None:
    """Drop elements, text and attributes that XPath finds."""
    for directive in run.of("strip"):
        for found in run.find(directive):
            if isinstance(found, etree._Element):
                run.application.mark([found], "drop", directive.value)
            elif getattr(found, "is_attribute", False):
                delete_attribute(found)
            else:
                blank_text(found)


def strip_attributes(run: _Run) -> None:
    """Delete attributes."""
    for directive in run.of("strip_attr"):
        for found in run.find(directive):
            delete_attribute(found)


def strip_ids_and_classes(run: _Run) -> None:
    """Drop elements whose id or class holds a string, unless it holds one that is to be passed over."""
    words = {one.value: "strip_id_or_class" for one in run.of("strip_id_or_class")}
    if run.rule.switch(STRIP_COMMENTS, False):
        words |= dict.fromkeys(COMMENT_WORDS, STRIP_COMMENTS)
    passed = [one.value for one in run.of("skip_id_or_class")]
    if not words:
        return
    for element in run.root.iter():
        names = f"{element.get('id', '')}\n{element.get('class', '')}"
        if len(names) == 1 or element.tag in UNTOUCHABLE or any(word in names for word in passed):
            continue
        word = next((word for word in words if word in names), None)
        if word is not None:
            decision = "comments" if words[word] == STRIP_COMMENTS else "drop"
            run.application.mark([element], decision, f"{words[word]} {word}")  # type: ignore[arg-type] # two literals


def strip_images(run: _Run) -> None:
    """Take out images whose source holds a string."""
    words = [one.value for one in run.of("strip_image_src")]
    for image in list(run.root.iter("img")) if words else []:
        if any(word in (image.get("src") or "") for word in words):
            remove(image)


def reshape(run: _Run) -> None:
    """Show lazily loaded images; wrap, move and unwrap, in file order."""
    for directive in run.of("src_lazy_load_attr"):
        use_attribute_as_source(run.root, directive.value)
    for directive in run.of("dissolve", "wrap_in", "move_into"):
        found = run.find(directive)
        if directive.name == "dissolve":
            dissolve(found)
        elif directive.name == "wrap_in":
            wrap_in(found, directive.argument or "")
        else:
            targets = evaluate_quietly(run.root, directive.argument or "")
            move_into(found, next((one for one in targets if isinstance(one, etree._Element)), None))


def evaluate_quietly(root: Element, expression: str) -> list[object]:
    """Return what an expression gives, nothing where it fails."""
    try:
        return evaluate(root, expression)
    except ValueError:
        return []


def mark_body(run: _Run) -> None:
    """Mark what the first body expression that matches finds."""
    for directive in run.of("body"):
        found = [one for one in run.find(directive) if isinstance(one, etree._Element)]
        if found:
            free = [element for element in found if element not in run.application.marks]
            run.application.mark(free, "body", directive.value)
            return


STEPS: tuple[Callable[[_Run], None], ...] = (
    read_fields,
    read_links,
    read_clues,
    drop_json_ld,
    strip,
    strip_attributes,
    strip_ids_and_classes,
    strip_images,
    reshape,
    mark_body,
)
