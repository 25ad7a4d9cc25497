"""What the lexicon's tables must hold, one module a subject; `sacho.lexicon.check` runs them all."""
