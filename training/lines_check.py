"""`python -m training.lines_check CORPUS UNSEEN`: what the line scorer loses on a style it was never trained on.

The pages of UNSEEN are pages of CORPUS, flattened by another program (`training.lines_dumps --unseen`). The shipped
model was trained on them in the style of CORPUS: the difference tells of the style, the level tells nothing.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newsclean.flattext import parse_text
from newsclean.flattext.score import vote_lines
from newsclean.model import Options
from training.measure import PageScore, mean_precision, mean_recall, shingle_f1, shingle_precision_recall


def main() -> None:
    """Print the shingle scores of both styles."""
    parser = argparse.ArgumentParser(prog="python -m training.lines_check", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("unseen", type=Path)
    options = parser.parse_args()
    seen: list[PageScore] = []
    unseen: list[PageScore] = []
    with (options.unseen / "gold.jsonl").open(encoding="utf-8") as rows:
        for row in rows:
            gold = json.loads(row)
            style = gold["type"]
            unseen.append(_score(options.unseen / "pages" / f"{gold['id']}.txt", gold["text"]))
            original = gold["id"].removesuffix(f"-{style}")
            seen.append(_score(options.corpus / "pages" / f"{original}.txt", gold["text"]))
    for name, pages in (("corpus", seen), ("unseen", unseen)):
        parts = mean_precision(pages), mean_recall(pages), shingle_f1(pages)
        print(f"{name:8}{len(pages):5}  P {parts[0]:.4f}  R {parts[1]:.4f}  F1 {parts[2]:.4f}")


def _score(path: Path, gold: str) -> PageScore:
    page = parse_text(path.read_text(encoding="utf-8"))
    ballot = vote_lines(page, Options())
    kept = [b.text for b in page.blocks if ballot and ballot.scores[b.number] >= ballot.cut]
    precision, recall = shingle_precision_recall("\n".join(kept), gold)
    return PageScore(site="", precision=precision, recall=recall)


if __name__ == "__main__":
    main()
