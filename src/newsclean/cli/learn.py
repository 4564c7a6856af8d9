"""The `newsclean learn` command: collects options, calls the library, shows the result."""

from __future__ import annotations

import click

from newsclean.cli.options import PROJECT_RULES
from newsclean.cli.run import exit_status_of
from newsclean.runs.report import ALL_FAILED


@click.command(
    epilog="""\b
Examples:
  newsclean learn saved/
  newsclean learn dumps/ --host example.com -o rules/

\b
Exit status: 0 a rule was written; 2 wrong usage, or a file cannot be written;
3 there was too little to learn from, or nothing.
"""
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", metavar="DIR", default=PROJECT_RULES, help=f"Folder of the rules. [{PROJECT_RULES}]")
@click.option("--host", metavar="HOST", help="The site, where the pages do not say it.")
@click.option("--force", is_flag=True, help="Write over rules that are there.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Worker processes. Default: processors.")
@click.pass_context
def learn(
    ctx: click.Context, inputs: tuple[str, ...], output: str, host: str | None, force: bool, jobs: int | None
) -> None:
    """Write rules that drop what repeats on the saved pages of a site: pitches, disclaimers, lists of latest news.

    INPUT are files, folders or globs of HTML or flattened text, of one site or of many. It takes three articles of a
    site or more; the same one saved twice counts once. The rules are TOML to read and edit, with the reason beside
    each line. To learn and convert in one go, without rule files: newsclean INPUT --learn.
    """

    def run() -> int:
        from newsclean.model import Options
        from newsclean.runs.learning import learn_from, write_learned
        from newsclean.runs.many import default_workers
        from newsclean.runs.read import expand_arguments, find_sources

        sources = find_sources(expand_arguments(inputs), [output]).sources
        url = f"https://{host}/" if host else None
        workers = min(jobs or default_workers(), len(sources)) or 1
        lessons = learn_from(sources, Options(), url=url, workers=workers)
        written = write_learned(lessons, output, force=force)
        for site in lessons.sites:
            click.echo(site.summary, err=site.rule is None or site.host is None)
        if not lessons.sites:
            click.echo("newsclean: no page there that tells of its site", err=True)
        for path in written:
            click.echo(f"wrote {path}")
        return 0 if written else ALL_FAILED

    ctx.exit(exit_status_of(run))
