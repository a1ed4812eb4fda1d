"""The summary of the reference report, for tests of what is said of built reports."""

from helpers.pipeline.identity.manifest import Summary

SUMMARY = Summary(
    "山口市",
    "推進計画【前期】",
    42,
    "81.0%",
    373,
    3,
    376,
    0,
    compared={"overall": 25, "items": 168},
    done="実施",
)
