"""The commands `newsclean rules` and `newsclean learn`: collect options, call the library, show the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsclean.cli.console import exit_status_of, say
from newsclean.cli.options import PROJECT_RULES, with_user_folders
from newsclean.runs.report import ALL_FAILED

if TYPE_CHECKING:
    from newsclean.model import Record

FAILED = 1

rules_option = click.option(
    "--rules",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="Folder of rules, besides ./.newsclean/rules and the user's.",
)
url_option = click.option("--url", metavar="URL", help="Address the page was saved from.")
pages_argument = click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=click.Path())


class RulesGroup(click.Group):
    """Commands whose errors are said in one line, with the exit status that other commands give them."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command."""

        def run() -> int:
            super(RulesGroup, self).invoke(ctx)
            return 0

        ctx.exit(exit_status_of(run))


@click.group(
    cls=RulesGroup,
    epilog="""\b
Examples:
  newsclean rules new saved/ferry.html saved/pier.html
  newsclean rules check saved/gull.html
  newsclean rules test

\b
Exit status: 0 all is well; 1 a case failed, or no rule applies to a checked page;
2 wrong usage, or a file cannot be written; 3 nothing to do: no such rule or page,
or no rule can be made from the pages.
""",
)
def rules() -> None:
    """List, show, make and test site rules.

    A rule names the parts of a site's pages that are the article, by CSS selectors. Rules are read from
    ./.newsclean/rules, the user's configuration folder, and the folders --rules; docs/rules.md shows how to write one.
    """


@rules.command("list", epilog="\b\nExample:\n  newsclean rules list --rules ftr-site-config/")
@rules_option
def list_(folders: tuple[str, ...]) -> None:
    """List the hosts that have a rule, and where each rule is."""
    from newsclean.rules.book import list_rules

    for listed in list_rules(with_user_folders(folders)):
        click.echo(f"{listed.host}\t{listed.origin}")


@rules.command(epilog="\b\nExample:\n  newsclean rules show example.com")
@click.argument("host")
@rules_option
def show(host: str, folders: tuple[str, ...]) -> None:
    """Print the rules that apply to pages of HOST, best first."""
    from newsclean.rules.book import show_rules

    click.echo("\n\n".join(show_rules(host, with_user_folders(folders))))


@rules.command(epilog="\b\nExample:\n  newsclean rules check saved/gull.html --url https://example.com/gull")
@click.argument("page", type=click.Path())
@url_option
@rules_option
@click.pass_context
def check(ctx: click.Context, page: str, url: str | None, folders: tuple[str, ...]) -> None:
    """Show which rule applies to PAGE, what its selectors match, and what is kept and dropped.

    Exits with 1 if no rule applies.
    """
    from newsclean.model import Options
    from newsclean.rules.book import check_page

    found = check_page(_read(page, url), Options(rules=with_user_folders(folders)))
    click.echo("\n".join(found.lines))
    ctx.exit(0 if found.rule else FAILED)


@rules.command(epilog="\b\nExamples:\n  newsclean rules test\n  newsclean rules test example.com")
@click.argument("host", required=False)
@rules_option
@click.pass_context
def test(ctx: click.Context, host: str | None, folders: tuple[str, ...]) -> None:
    """Test rules against their cases, and show differences.

    The cases of example.com.toml are folders in example.com/ beside it: page.html, expected.md, and case.json with the
    page's url. Exits with 1 if a case fails or a rule file is invalid.
    """
    from newsclean.rules.book import read_problems
    from newsclean.rules.cases import run_cases

    known = with_user_folders(folders)
    problems = read_problems(known)
    results = list(run_cases(known, host))
    for result in results:
        click.echo(f"{result.status}: {result.name}")
        for line in result.details:
            click.echo(f"  {line}")
    for problem in problems:
        click.echo(problem, err=True)
    if not results:
        click.echo("newsclean: no rules found", err=True)
        ctx.exit(ALL_FAILED)
    failed = sum(result.status == "failed" for result in results)
    passed = sum(result.status == "passed" for result in results)
    click.echo(f"{passed} passed, {failed} failed, {len(results) - passed - failed} rules without a case")
    ctx.exit(FAILED if failed or problems else 0)


@rules.command(epilog="\b\nExample:\n  newsclean rules new saved/ferry.html saved/pier.html saved/gull.html")
@pages_argument
@click.option(
    "-o", "--output", metavar="DIR", default=PROJECT_RULES, help=f"Folder to write the rule to. [{PROJECT_RULES}]"
)
@click.option("--host", metavar="HOST", help="The site, if the pages do not name it.")
@click.option("--force", is_flag=True, help="Overwrite an existing rule.")
def new(pages: tuple[str, ...], output: str, host: str | None, force: bool) -> None:
    """Propose a rule from saved pages of one site, and write it with a case for every page.

    More pages make a better rule; three are enough. Shows what would be kept and dropped on each page. The cases hold
    what the rule gives now: read them, and correct them where it is wrong.
    """
    from newsclean.model import Options
    from newsclean.rules.book import check_page
    from newsclean.rules.cases import propose, write_proposal

    proposal = propose([_read(page, None) for page in pages], host)
    written = write_proposal(proposal, output, force=force)
    click.echo(proposal.toml)
    for record in proposal.pages:
        click.echo(f"== {record.name}")
        click.echo("\n".join(check_page(record, Options(rules=(output,))).lines))
    click.echo("")
    for path in written:
        click.echo(f"wrote {path}")


def _read(path: str, url: str | None) -> Record:
    from newsclean.runs.read import read_record

    return read_record(path, url)


@click.command(
    epilog="""\b
Examples:
  newsclean learn saved/
  newsclean learn dumps/ --host example.com -o rules/

\b
Exit status: 0 a rule was written; 2 wrong usage, or a file cannot be written;
3 there was too little to learn from.
"""
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o", "--output", metavar="DIR", default=PROJECT_RULES, help=f"Folder to write the rules to. [{PROJECT_RULES}]"
)
@click.option("--host", metavar="HOST", help="The site, if the pages do not name it.")
@click.option("--force", is_flag=True, help="Overwrite existing rules.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Worker processes. Default: one per processor.")
@click.pass_context
def learn(
    ctx: click.Context, inputs: tuple[str, ...], output: str, host: str | None, force: bool, jobs: int | None
) -> None:
    """Write rules that drop what repeats on the saved pages of a site: pitches, disclaimers, lists of latest news.

    INPUT is files, folders or globs of HTML or flattened text, from one site or several. Each site needs at least three
    articles; one saved twice counts once. The rules are TOML that you can read and edit, with the reason beside each
    line. To learn and convert in one go, without rule files: newsclean INPUT --learn.
    """

    def run() -> int:
        from newsclean.runs.learn import learn_rules

        learned = learn_rules(inputs, output, host=host, force=force, workers=jobs)
        for site in learned.sites:
            click.echo(site.summary, err=site.rule is None or site.host is None)
        if not learned.sites:
            say("no page there that tells of its site")
        for path in learned.written:
            click.echo(f"wrote {path}")
        return 0 if learned.written else ALL_FAILED

    ctx.exit(exit_status_of(run))
