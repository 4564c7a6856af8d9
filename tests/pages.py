"""Small, invented pages for tests that need a whole one."""

from __future__ import annotations

SENTENCES = (
    "The harbour council voted on Tuesday to rebuild the old ferry pier with oak from the town's own forest.",
    "Work starts in March and is to take two summers, said the harbour master, who has waited for it for nine years.",
    "Three families who sell smoked fish on the quay will move their huts to the northern basin until then.",
    "The pier was closed after a winter storm broke eleven of its piles and carried the ticket booth out to sea.",
    "Money for the new one comes from the county, from a raffle, and from a widow who prefers not to be named.",
)

NAVIGATION = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in "news sport weather culture".split())

RELATED = "".join(
    f'<div class="card"><a href="/r{n}"><img src="/t{n}.jpg" width="300" height="200"><h4>{title}</h4></a></div>'
    for n, title in enumerate(("Ferry late again", "Gull steals wig", "Pier raffle sold out"))
)


def article_page(body: str = "", *, head: str = "", title: str = "Council rebuilds the ferry pier") -> str:
    """Return a page with navigation, related cards and a footer around an article of five paragraphs and `body`."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Harbour Gazette</title>
<meta property="og:site_name" content="Harbour Gazette">{head}</head><body>
<header><a href="/">Harbour Gazette</a><nav><ul>{NAVIGATION}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Ada Quill</p><time datetime="2025-03-04">4 March 2025</time>
<div class="story">{paragraphs}{body}</div></article>
<aside class="related"><h3>More from the harbour</h3>{RELATED}</aside></main>
<footer><p>Copyright 2025 Harbour Gazette. All rights reserved.</p></footer></body></html>"""
