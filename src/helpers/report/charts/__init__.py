"""The charts of the report: a module each, named as its figure is in the page, with ``draw``: ``History -> Chart``.

Every module of this folder is imported here, so that ``charts.progress.draw(history)`` needs no list.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
