"""From a folder to documents in one command: ``python -m toolkit ingest FOLDER --to docs.parquet``."""

from __future__ import annotations

import argparse
import inspect
import logging
import os
import shutil
import sys
from pathlib import Path

import pandas as pd

from toolkit import load, places


def _written(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame beside its place and then move it there, so that no half file is ever seen."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    if path.suffix == ".csv":
        frame.to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
    else:
        frame.to_parquet(beside, index=False, compression="zstd")
    beside.replace(path)


def _summary(docs: pd.DataFrame, audit: pd.DataFrame) -> str:
    """What was read, what is known of it, and what was left out and why, in a few lines."""
    kept = audit[["chars_kept", "chars_head", "chars_furniture", "chars_repeated"]].sum()
    known = docs["province"].dropna()
    named = ", ".join(f"{places.label(code)} {n}" for code, n in known.value_counts().head(8).items())
    named += " …" if known.nunique() > 8 else ""
    precision = docs["date_precision"].fillna("no single date").value_counts()
    lines = [
        f"{len(docs):,} documents from {audit['path'].nunique():,} files",
        f"characters: {kept['chars_kept']:,} kept, {kept['chars_head']:,} of headlines and bylines,"
        f" {kept['chars_furniture']:,} of furniture, {kept['chars_repeated']:,} repeated",
        f"provinces: {known.nunique()} ({named}); unknown in {len(docs) - len(known):,}",
        "dates: " + ", ".join(f"{name} {n:,}" for name, n in precision.items()),
    ]
    left = audit[~audit["status"].isin(["read", "damaged"])]
    damaged = int(audit["status"].eq("damaged").sum())
    lines += [f"damaged but read: {damaged:,}"] if damaged else []
    lines += [f"left out: {len(left):,}"] if len(left) else ["nothing was left out"]
    for row in left.head(10).itertuples():
        lines.append(f"  {row.path}: {row.status}: {row.warnings}")
    return "\n".join(lines + ([f"  … and {len(left) - 10:,} more in the audit"] if len(left) > 10 else []))


def _ingest(given: argparse.Namespace) -> None:
    to = Path(given.to)
    if to.suffix != ".parquet":
        raise ValueError(f"--to {given.to!r} must end in .parquet.")
    if not to.absolute().parent.is_dir():
        raise FileNotFoundError(
            f"--to {given.to!r}: the folder {str(to.parent)!r} does not exist; make it first."
        )
    asked = {name: getattr(given, name) for name in ("metadata", "text", "script", "jobs")}
    parts = to.with_name(f"{to.name}.parts")  # what is done, should the run be interrupted
    docs, audit = load.folder(given.folder, parts=parts, **asked)
    if docs.empty:
        shutil.rmtree(parts)
        print(_summary(docs, audit))
        raise ValueError(f"the folder {given.folder!r} holds no document; the lines above say why.")
    _written(docs, to)
    _written(audit, to.with_suffix(".audit.csv"))
    shutil.rmtree(parts)
    print(_summary(docs, audit))
    print(f"written: {to} and {to.with_suffix('.audit.csv')}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m toolkit", description="Reading Chinese policy language.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    told = (inspect.getdoc(load.folder) or "").replace("``", "").split("\n\n")
    about = "\n\n".join([*told[1:3], *told[4:5]])  # what is read, the limits, the columns
    ingest = commands.add_parser(
        "ingest", help=told[0], epilog=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ingest.add_argument("folder", metavar="FOLDER", help="a folder of any depth, an archive, or one file")
    ingest.add_argument("--to", default="docs.parquet", help="where the documents go (docs.parquet)")
    ingest.add_argument(
        "--metadata", help="a CSV: path (or a pattern) and columns that overrule what is inferred"
    )
    ingest.add_argument("--text", help="the column of tables that holds the text, where its name is unusual")
    ingest.add_argument(
        "--script", choices=["simplified"], help="convert traditional characters, keep the original"
    )
    ingest.add_argument("--jobs", type=int, help="how many processes; the result is the same for any number")
    ingest.set_defaults(do=_ingest)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 where it worked, 2 with one sentence where what was given does not."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    given = _parser().parse_args(arguments)
    try:
        given.do(given)
    except (ValueError, KeyError, TypeError, OSError) as error:
        print(f"error: {error.args[0] if isinstance(error, KeyError) else error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
