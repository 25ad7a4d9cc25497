from tests.store.conftest import places, readings, store, where

__all__ = ["places", "readings", "store", "where"]
