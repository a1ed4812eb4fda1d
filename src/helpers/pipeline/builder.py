"""Build many reports: one that fails never stops the others, and its old report stays.

All reports of all plans go through one window: enough reports are under way to keep the crew busy, and the inputs and
files of a report are in memory only while it is among them.
"""

from __future__ import annotations

__all__ = ["Builder"]

import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import GyokakuError
from helpers.pipeline.identity import reasons
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import NAME, Manifest
from helpers.pipeline.identity.standing_record import StandingPlan
from helpers.pipeline.outcome import BuildResult, Crew, CrewError, MadeReport, Outcome, Watcher
from helpers.pipeline.publication.exclusion import InUseError
from helpers.pipeline.site import PlanSite
from helpers.project import Target

if TYPE_CHECKING:
    from helpers.sheets import Finding


class Builder:
    """Builds the reports of many plans, as many side by side as there is room for."""

    def __init__(
        self,
        root: Path,
        crew: Crew,
        watcher: Watcher | None = None,
        force: bool = False,
        accepted: str = "",
        standing: Mapping[str, StandingPlan] | None = None,
    ) -> None:
        """``standing``: the plans all of whose reports are known to be up to date."""
        self.root, self.crew = root, crew
        self.watcher, self.force, self.accepted = watcher or Watcher(), force, accepted
        self._standing_plans = standing or {}
        self._outcomes: dict[Target, Outcome] = {}
        self._problems: list[GyokakuError] = []
        # The reports under way, with the warnings about their sheets.
        self._begun: dict[Future[MadeReport], tuple[Target, tuple[Finding, ...]]] = {}
        self._why: dict[Target, tuple[str, ...]] = {}
        self._sites: dict[str, PlanSite] = {}
        self._left: Counter[str] = Counter()
        self._refused: dict[str, GyokakuError] = {}

    def build(self, targets: Sequence[Target]) -> BuildResult:
        """Build each report and publish it; the outcomes in the order of ``targets``, failures among them.

        A plan is locked from its first report that has to be made until its last is published. A plan that cannot be locked
        or opened becomes a problem; its remaining reports have no outcome, nor have the unfinished ones of a lost cluster.
        """
        self._let_stand(targets)
        targets_left = [target for target in targets if target not in self._outcomes]
        self._left = Counter(target.plan_id for target in targets_left)
        try:
            for target in targets_left:
                if (order := self._order(target)) is not None:
                    inputs, warnings = order
                    tell = partial(self.watcher.advances, target)
                    # Deleted at once, so that only reports under way stay in memory.
                    future = self.crew.submit(target, inputs, len(warnings), tell)
                    self._begun[future] = (target, warnings)
                    del order, inputs, future
                while self._begun and len(self._begun) >= self.crew.room():
                    self._settle_next()
            while self._begun:
                self._settle_next()
        except CrewError as error:
            self._problems.append(error)
            self._settle_done()
        finally:
            self._begun.clear()
            for site in self._sites.values():
                site.close()
            self._sites.clear()
        outcomes = [self._outcomes[target] for target in targets if target in self._outcomes]
        return BuildResult(tuple(outcomes), tuple(self._problems))

    def _let_stand(self, targets: Sequence[Target]) -> None:
        """Settle, at once, the reports that are known to be up to date."""
        current = [
            Outcome(target, summary, is_current=True, why=(reasons.CURRENT,))
            for target in targets
            if (plan := self._standing_plans.get(target.plan_id)) is not None
            and (summary := plan.summaries.get(target.year)) is not None
        ]
        self._outcomes.update((outcome.target, outcome) for outcome in current)
        self.watcher.stand(current)

    def _order(self, target: Target) -> tuple[Inputs, tuple[Finding, ...]] | None:
        """The inputs of a report and the warnings about its sheet; None if it is up to date or cannot be made.

        Raises:
            CrewError: the crew cannot make it.
        """
        plan_id = target.plan_id
        if plan_id not in self._sites and plan_id not in self._refused:
            try:
                self._sites[plan_id] = PlanSite(self.root, plan_id)
            except GyokakuError as error:
                self._refuse(plan_id, error)
        if plan_id not in self._refused:
            try:
                site = self._sites[plan_id]
                inputs = site.folder.gather(target, self.accepted)
                manifest = self._standing(target, inputs)
                if manifest is None and site.lock():
                    # Until now another build could publish there.
                    manifest = self._standing(target, inputs)
                if manifest is None:
                    self.crew.start()
                    warnings = site.check_sheets(target, inputs)
                    return replace(inputs, frames=site.frames(target, inputs)), warnings
                self._end(Outcome(target, manifest.summary, is_current=True))
            except CrewError:
                raise
            except InUseError as error:
                self._refuse(plan_id, error)
            except Exception as error:
                self._fail(target, error)
        if plan_id in self._refused:
            # No outcome, since the plan is a problem of its own, but its watcher waits for every target.
            self.watcher.ends(Outcome(target, error=self._refused[plan_id]))
        return None

    def _refuse(self, plan_id: str, error: GyokakuError) -> None:
        self._problems.append(error)
        self._refused[plan_id] = error

    def _settle_next(self) -> None:
        """Wait for the reports that are made next, and publish them.

        Raises:
            CrewError: no report that is under way will be made.
        """
        # Bind no future to a name: an error's traceback keeps local variables, and these would keep the reports.
        wait(self._begun, self.crew.patience, FIRST_COMPLETED)
        if not any(future.done() for future in self._begun):
            self.crew.check()
        if (lost := self._settle_done()) is not None:
            raise lost

    def _settle_done(self) -> CrewError | None:
        """Publish the reports that are made; the error of the crew if it could not make one."""
        lost: CrewError | None = None
        for target in [target for future, (target, _) in self._begun.items() if future.done()]:
            try:
                self._settle(target)
            except CrewError as error:
                lost = error
            except Exception as error:
                self._fail(target, error)
        return lost

    def _settle(self, target: Target) -> None:
        future = next(future for future, (begun, _) in self._begun.items() if begun == target)
        _, warnings = self._begun.pop(future)
        made = future.result()
        summary, before = made.manifest.summary, Manifest.read(self.root / target.folder / NAME)
        self._sites[target.plan_id].publish(target, made)
        less = before.summary.compared_less(summary.compared) if before else ""
        self._end(Outcome(target, summary, warnings=warnings, compared_less=less))

    def _fail(self, target: Target, error: Exception) -> None:
        # An error of one report, even a bug of ours, is shown at the end and stops no other report.
        _forget_values(error)
        self._end(Outcome(target, error=error))

    def _end(self, outcome: Outcome) -> None:
        plan_id = outcome.target.plan_id
        # A report may fail before the reasons to make it are known.
        outcome = replace(outcome, why=self._why.pop(outcome.target, ()))
        self._outcomes[outcome.target] = outcome
        self._left[plan_id] -= 1
        if not self._left[plan_id] and plan_id in self._sites:
            self._sites.pop(plan_id).close()
        self.watcher.ends(outcome)

    def _standing(self, target: Target, inputs: Inputs) -> Manifest | None:
        """The manifest of the published report if that is up to date; keeps the reasons for the outcome."""
        manifest, self._why[target] = (
            (None, (reasons.FORCED,)) if self.force else reasons.standing(self.root, target, inputs)
        )
        return manifest


def _forget_values(error: BaseException) -> None:
    """Clear the local variables of an error's traceback, which hold inputs and notebooks; its lines stay."""
    # The first frame is the builder's own, which is still running and cannot be cleared.
    error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next
    seen: set[int] = set()
    pending: list[BaseException | None] = [error]
    while pending:
        link = pending.pop()
        if link is not None and id(link) not in seen:
            seen.add(id(link))
            traceback.clear_frames(link.__traceback__)
            pending += [link.__cause__, link.__context__]
