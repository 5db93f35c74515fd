"""Problems as people read them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tfspec.diagnostics import Code, Label, Problem, Span, SpecError, Text, in_file_order
from tfspec.diagnostics.terminal import WIDTH, render_problem, render_text

CODE = Code("TS999", "a test", "It is for tests.")
TEXT = Text("specs/deep.yaml", "model:\n  layers:\n    - Dense: {units: 1, units: 2}\n    - 漢字: é\n")


def span(line: int, column: int, end_line: int, end_column: int, text: Text = TEXT) -> Span:
    return Span(text, line, column, end_line, end_column)


def test_everything_a_problem_can_say() -> None:
    problem = CODE.problem(
        "`units` is given twice",
        span=span(3, 25, 3, 30),
        labels=(Label(span(3, 15, 3, 20), "first given here"), Label(span(1, 1, 1, 6), "in this model")),
        notes=("a note\non two lines",),
        help="keep one",
    )
    assert render_problem(problem) == (
        "error[TS999]: `units` is given twice\n"
        " --> specs/deep.yaml:3:25\n"
        "  |\n"
        "1 | model:\n"
        "  | ----- in this model\n"
        "  :\n"
        "3 |     - Dense: {units: 1, units: 2}\n"
        "  |               ----- first given here\n"
        "  |                         ^^^^^\n"
        "  |\n"
        "  = note: a note\n"
        "          on two lines\n"
        "  = help: keep one\n"
    )


def test_the_chain_of_uses_is_shown_with_the_place() -> None:
    place = span(3, 15, 3, 20)._replace(uses=(Label(span(2, 3, 2, 9), "in the 2nd of 6 repetitions"),))
    assert render_problem(CODE.problem("it is too much", span=place)) == (
        "error[TS999]: it is too much\n"
        " --> specs/deep.yaml:3:15\n"
        "  |\n"
        "2 |   layers:\n"
        "  |   ------ in the 2nd of 6 repetitions\n"
        "3 |     - Dense: {units: 1, units: 2}\n"
        "  |               ^^^^^\n"
        "  |\n"
    )


def test_what_is_used_twice_is_told_once() -> None:
    place = span(3, 15, 3, 20)
    uses = [place._replace(uses=(Label(span(2, 3, 2, 9), f"repetition {i}"),)) for i in range(3)]
    problems = [CODE.problem("it is too much", path=(i,), span=use) for i, use in enumerate(uses)]
    assert in_file_order(problems) == problems[:1]


def test_without_a_place_the_path_is_shown() -> None:
    assert render_problem(CODE.problem("it is wrong", path=("model", 0, "a/b"))) == (
        "error[TS999]: it is wrong\n --> /model/0/a~1b\n"
    )


def test_without_anything() -> None:
    assert render_problem(CODE.problem("it is wrong")) == "error[TS999]: it is wrong\n"


def test_another_text_is_headed_by_its_name() -> None:
    other = Text("base.yaml", "\n" * 99 + "seed: 1\n")
    problem = CODE.problem(
        "it is overridden", span=span(1, 1, 1, 6), labels=(Label(span(100, 1, 100, 5, other), "here"),)
    )
    assert render_problem(problem) == (
        "error[TS999]: it is overridden\n"
        "   --> specs/deep.yaml:1:1\n"
        "    |\n"
        "  1 | model:\n"
        "    | ^^^^^\n"
        "   ::: base.yaml:100:1\n"
        "100 | seed: 1\n"
        "    | ---- here\n"
        "    |\n"
    )


def test_marks_stand_below_wide_characters() -> None:
    lines = render_problem(CODE.problem("it is wrong", span=span(4, 7, 4, 9))).splitlines()
    assert lines[3:5] == ["4 |     - 漢字: é", "  |       ^^^^"]
    lines = render_problem(CODE.problem("it is wrong", span=span(4, 11, 4, 12))).splitlines()
    assert lines[4] == "  |             ^"


def test_a_place_on_several_lines_marks_the_first() -> None:
    lines = render_problem(CODE.problem("it is wrong", span=span(2, 3, 4, 9))).splitlines()
    assert lines[3:5] == ["2 |   layers:", "  |   ^^^^^^^"]


def test_a_place_behind_the_last_character() -> None:
    lines = render_problem(CODE.problem("it is wrong", span=span(5, 1, 5, 1))).splitlines()
    assert lines[3:5] == ["5 |", "  | ^"]


def test_a_long_line_is_cut_around_its_mark() -> None:
    text = Text("long.yaml", "x" * 500 + "HERE" + "y" * 500)
    first = Label(span(1, 1, 1, 5, text), "first")
    problem = CODE.problem("it is wrong", span=span(1, 501, 1, 505, text), labels=(first,))
    _, _, _, line, other, mark, _ = render_problem(problem).splitlines()
    assert len(line) == WIDTH + 4
    assert line[mark.index("^") : mark.rindex("^") + 1] == "HERE"
    assert other.startswith("  | - first")


def test_what_could_speak_to_the_terminal_is_blanked() -> None:
    text = Text("a\x1b[2J.yaml", "a: \x1b[31m\tb\n")
    problem = CODE.problem(
        "`\x1b[31m` is\nno name",
        span=span(1, 4, 1, 5, text),
        labels=(Label(span(1, 9, 1, 10, text), "\x07"),),
        notes=("\x1b",),
        help="\x1b",
    )
    rendered = render_problem(problem)
    assert all(char.isprintable() or char == "\n" for char in rendered)
    assert "error[TS999]: ` [31m` is no name\n" in rendered
    assert "1 | a:  [31m b\n" in rendered


def test_color_changes_nothing_but_color() -> None:
    problem = CODE.problem("it is wrong", span=span(1, 1, 1, 6), help="mend it")
    colored = render_problem(problem, color=True)
    assert "\x1b[1;31merror[TS999]\x1b[0m: it is wrong\n" in colored
    for code in ("\x1b[1;31m", "\x1b[1;34m", "\x1b[0m"):
        colored = colored.replace(code, "")
    assert colored == render_problem(problem)


def test_the_count_at_the_end() -> None:
    error, warning = Problem("TS1", "error", "a"), Problem("TS2", "warning", "b")
    assert render_text([]) == "no problems\n"
    assert render_text([error]).endswith("\n\n1 error\n")
    assert render_text([error, error, warning]).endswith("\n\n2 errors and 1 warning\n")


def test_an_error_prints_its_problems() -> None:
    assert str(SpecError([CODE.problem("it is wrong")])) == "\nerror[TS999]: it is wrong\n\n1 error"


@given(st.text(max_size=40), st.lists(st.tuples(*[st.integers(1, 9)] * 4), min_size=1, max_size=4))
def test_any_place_in_any_text_can_be_shown(content: str, places: list[tuple[int, int, int, int]]) -> None:
    text = Text("a.yaml", content)
    first, *others = [Span(text, *place) for place in places]
    problem = CODE.problem("it is wrong", span=first, labels=tuple(Label(other, "here") for other in others))
    rendered = render_problem(problem)
    assert rendered.count("^") - content.count("^") >= 1 or "^" in content
    assert all(char.isprintable() or char == "\n" for char in rendered)
