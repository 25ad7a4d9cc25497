from tests.store.conftest import readings, store, where

__all__ = ["readings", "store", "where"]
