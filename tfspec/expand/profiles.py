"""`profiles`: patches with names, laid over a spec when they are asked for."""

from __future__ import annotations

from tfspec.diagnostics import Label, Problem, SpecError, did_you_mean, in_file_order, one_of
from tfspec.source import Tree

from .merging import laid_over
from .problems import BAD_PROFILE, NO_PROFILE

NOT_IN_IT = ("extends", "use", "profiles", "tfspec")
"""Sections that a profile cannot hold."""


def lay_profiles(tree: Tree, names: tuple[str, ...]) -> Tree:
    """The tree with the named profiles laid over it, in order.

    Raises:
        SpecError: A profile is wrong, or there is none of a name.
    """
    profiles = tree.child("profiles")
    known = profiles.content if profiles is not None and isinstance(profiles.content, dict) else {}
    problems = _problems(profiles) if profiles is not None else []
    for name in names:
        if name not in known:
            advice = f"it has {one_of(known, 'and')}" if known else "profiles stand under `profiles`, by name"
            span = profiles.key_span if profiles is not None else None
            message = f"there is no profile called `{name}`"
            help_ = did_you_mean(name, known) or advice
            problems.append(NO_PROFILE.problem(message, path=("profiles",), span=span, help=help_))
    if problems:
        raise SpecError(in_file_order(problems))
    for name in names:
        profile = known[name]
        place = profile.key_span
        use = (Label(place, f"in the profile `{name}`"),) if place else ()
        tree = laid_over(tree, profile.used(*use))
    return tree


def _problems(profiles: Tree) -> list[Problem]:
    """What is wrong with profiles, whether they are asked for or not."""
    if profiles.content is None:
        return []
    if not isinstance(profiles.content, dict):
        message = "`profiles` must be a mapping from names to what is different"
        advice = "such as `profiles: {quick: {fit: {epochs: 1}}}`"
        return [BAD_PROFILE.problem(message, path=("profiles",), span=profiles.span, help=advice)]
    problems = []
    for name, profile in profiles.content.items():
        if not isinstance(profile.content, dict):
            message, advice = f"the profile `{name}` must be a mapping", "such as `{fit: {epochs: 1}}`"
            span = profiles.span_at((name,))
            problems.append(BAD_PROFILE.problem(message, path=("profiles", name), span=span, help=advice))
            continue
        for key in (key for key in NOT_IN_IT if key in profile.content):
            message, advice = f"a profile cannot hold `{key}`", "say it at the top of the spec"
            span = profiles.span_at((name, key), key=True)
            problems.append(BAD_PROFILE.problem(message, path=("profiles", name, key), span=span, help=advice))
    return problems
