"""`newsclean list`: what is in a container of pages, as a table or as lines of JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from newsclean.cli.console import exit_status_of, printable
from newsclean.runs.output import Stdout

if TYPE_CHECKING:
    from newsclean.page.containers.member import Member


@click.command(
    "list",
    epilog="""\b
Examples:
  newsclean list crawl.warc.gz
  newsclean list --json pages.zip | jq -r 'select(.page) | .name'
  newsclean 'crawl.warc.gz#<urn:uuid:5b0e4f6c-1d52-4c6e-9d53-6b0c2f7e8a11>'
""",
)
@click.argument("container", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_context
def list_members(ctx: click.Context, container: str, as_json: bool) -> None:
    """List the pages in a container (a crawl, a mailbox, an archive, a book, a feed), and whatever else is in it.

    Each line has the size, the time of the save, the type, the name that selects the page after a "#", its address, and
    in brackets the reason why it is not a page.
    """

    def run() -> int:
        from newsclean.runs.members import members_of  # the help needs no parser

        out = Stdout(sys.stdout.buffer)
        for member in members_of(container):
            line = _as_json(member) if as_json else _as_row(member)
            out.write(line.encode("utf-8", "replace") + b"\n")
        return 0

    ctx.exit(exit_status_of(run))


def _as_json(member: Member) -> str:
    fields = {
        "name": member.name or None,
        "page": member.data is not None,
        "url": member.url,
        "type": member.media_type or None,
        "size": member.size,
        "saved_at": member.saved_at,
        "left_out": member.left_out,
    }
    return json.dumps(fields, ensure_ascii=False)


def _as_row(member: Member) -> str:
    size = "" if member.size is None else f"{member.size:,}"
    saved_at = (member.saved_at or "")[:19].replace("T", " ")
    url = member.url if member.url and member.url != member.name else ""
    reason = f"({member.left_out})" if member.left_out else ""
    row = f"{size:>11}  {saved_at:19}  {member.media_type:24}  {member.name or '-'}  {url}  {reason}"
    return printable(row.rstrip())
