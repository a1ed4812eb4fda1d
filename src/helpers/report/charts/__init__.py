"""The charts of the report: a module each, named as its figure is in the page, with ``draw``: ``History -> Chart``.

Every module of this folder is imported here, so that ``charts.progress.draw(history)`` needs no list.
"""

from importlib import import_module
from pkgutil import iter_modules

from helpers.report.assumptions import bear_assumptions

__all__: list[str] = []
for _module in iter_modules(__path__):
    _chart = import_module(f"{__name__}.{_module.name}")
    if not _module.ispkg:
        bear_assumptions(vars(_chart), ["draw"])
        __all__.append(_module.name)
