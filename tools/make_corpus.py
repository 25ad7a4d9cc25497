"""A corpus of reports made at random, for benches: dense (all on diplomacy) or mixed (one in ten).

    .venv/bin/python -m tools.make_corpus OUT.parquet --reports 20000 [--relevant 0.1] [--seed 1]

`OUT.jsonl` writes lines instead. One report depends on the seed and its number alone, so a longer corpus begins with
the shorter one. Columns: id, published, outlet, title, text, relevant.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tools.corpus.reports import Made, make

_ROWS = 1000  # a row group


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--relevant", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    made = (make(n, seed=arguments.seed, relevant=arguments.relevant) for n in range(arguments.reports))
    if arguments.out.suffix == ".jsonl":
        with arguments.out.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(asdict(report), ensure_ascii=False) + "\n" for report in made)
    else:
        _write_parquet(arguments.out, made)


def _write_parquet(path: Path, made: Iterator[Made]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([*((n, pa.string()) for n in ("id", "published", "outlet", "title", "text")), ("relevant", pa.bool_())])
    with pq.ParquetWriter(path, schema) as writer:
        rows: list[dict[str, object]] = []
        for report in made:
            rows.append(asdict(report))
            if len(rows) == _ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows = []
        if rows:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


if __name__ == "__main__":
    main()
