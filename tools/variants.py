"""Print how many variants of known reports are read as they must be: `python tools/variants.py [--failures] [--kind KIND]`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from variation.bases import load_bases
from variation.measure import SEED, make_variants, run, table


def main() -> None:
    """The table on standard output; with `--failures` a line for each fault; with `--jsonl` the variants themselves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="other draws of people, days and orders")
    parser.add_argument("--failures", action="store_true", help="also print what came out wrong")
    parser.add_argument("--kind", help="only this kind of variant")
    parser.add_argument("--jsonl", action="store_true", help="print the variants with their expected changes, read nothing")
    options = parser.parse_args()
    if options.jsonl:
        for variant in make_variants(load_bases()[0], seed=options.seed):
            print(json.dumps(asdict(variant), ensure_ascii=False))
        return
    outcomes, baselines, absent = run(seed=options.seed)
    outcomes = [o for o in outcomes if options.kind in (None, o.variant.kind)]
    print(table(outcomes, baselines, absent))
    for outcome in outcomes if options.failures else ():
        if outcome.faults:
            print(f"\n{outcome.variant.id}: {outcome.variant.note}")
            print("\n".join(f"    {fault}" for fault in outcome.faults))


if __name__ == "__main__":
    main()
