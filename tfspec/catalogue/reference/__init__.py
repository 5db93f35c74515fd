"""The reference pages, written from the declarations alone.

In comes the catalogue, out go the texts of `docs/reference` by file name. Nothing on a page is said
twice: fields and their words come from the classes, shapes from running `apply` on an example.
"""

from .examples import Example, can_be_used, layer_example, snippet
from .pages import PAGES, Page, page_of
from .render import render_reference

__all__ = ["PAGES", "Example", "Page", "can_be_used", "layer_example", "page_of", "render_reference", "snippet"]
