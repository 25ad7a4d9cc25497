"""Variants of known reports, each with the change of the records that its change of the text must bring about.

`bases` are the reports (`bases/*.toml`: the right records and the phrases that may be varied), `people`, `dates`, `layout`
and `wording` make variants of them, `reading` compares, `measure` counts.
"""
