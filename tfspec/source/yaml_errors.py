"""What the YAML parser complains of, in words that say what to write instead.

libyaml and PyYAML's own parser word their complaints differently, and neither tells the usual
cause, so a complaint is known by a piece of its wording and explained from the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from yaml import MarkedYAMLError

from tfspec.diagnostics import Label, Path, Problem

from .places import Places
from .problems import INDENTATION, MISSING_SPACE, NEEDS_QUOTES, SHOWN, SYNTAX, TAB, TAG, UNCLOSED, shown
from .refusals import missing_key

GLUED = re.compile(r"\s*(?:- )*\s*([\w.]+):([^\s:/].*)")
EXPRESSION = re.compile(r"\$\{[^{}\r\n]*\}?")
LAST_WORD = re.compile(r"[^\s,\[{]+$")
CLOSING = {"[": "]", "{": "}"}
NO_BACKSLASH = "in double quotes write `\\\\` for a backslash, or use single quotes"


def explain(error: MarkedYAMLError, places: Places, opened: int | None, path: Path) -> Problem:
    """The problem that a complaint stands for; `opened` is where the innermost open bracket is."""
    return _Complaint(error, places, opened, path).explained()


class _Complaint:
    """A complaint with the text around it."""

    def __init__(self, error: MarkedYAMLError, places: Places, opened: int | None, path: Path) -> None:
        self.places = places
        self.text = places.text.content
        self.path = path
        end = len(self.text)
        mark = error.problem_mark or error.context_mark
        self.at = min(mark.index, end) if mark else end
        self.begin = min(error.context_mark.index, end) if error.context_mark else self.at
        self.opened = opened
        self.context = str(error.context or "")
        self.wording = f"{self.context}: {error.problem or ''}"
        self.char = self.text[self.at : self.at + 1]
        self.line_start = places.line_start(self.at)
        self.before = self.text[self.line_start : self.at]

    def explained(self) -> Problem:
        rules: list[tuple[str, Callable[[], Problem]]] = [
            ("quoted scalar: found unexpected", self.unclosed_quote),
            ("quoted scalar", self.bad_escape),
            ("found a tab", self.tab),
            ("cannot start any token", self.bad_start),
            ("mapping values are not allowed", self.stray_colon),
            ("could not find expected ':'", self.no_colon),
            ("sequence entries are not allowed", self.list_beside_key),
            ("mapping keys are not allowed", self.question_mark),
            ("scanning an alias", self.bad_name),
            ("scanning an anchor", self.bad_name),
            ("tag", self.bad_tag),
            ("directive", self.directive),
            ("YAML document", self.directive),
            ("flow", self.in_brackets),
            ("block scalar", self.block_text),
            ("node content", self.nothing_here),
            ("parsing a block", self.block),
            ("document start", self.after_end),
        ]
        for words, rule in rules:
            if words in self.wording:
                return rule()
        return self.problem("the text cannot be read as YAML here", notes=(self.wording.strip(": "),))

    def problem(
        self,
        message: str,
        cure: str | None = None,
        *,
        start: int | None = None,
        end: int | None = None,
        notes: tuple[str, ...] = (),
    ) -> Problem:
        """A problem of syntax at the place of the complaint, or from `start` to `end`."""
        start = self.at if start is None else start
        span = self.places.span(start, max(start, min(end or start + 1, len(self.text))))
        return SYNTAX.problem(message, path=self.path, span=span, notes=notes, help=cure)

    # Quotes and characters

    def unclosed_quote(self) -> Problem:
        quote = self.text[self.begin : self.begin + 1]
        span = self.places.span(self.begin, self.begin + 1)
        message = f"the quote `{quote}` that opens here is never closed"
        cure = f"end the text with `{quote}`; inside it, write " + ("`''` for a quote" if quote == "'" else '`\\"`')
        return UNCLOSED.problem(message, path=self.path, span=span, help=cure)

    def bad_escape(self) -> Problem:
        slash = self.text.rfind("\\", self.begin, self.at + 1)
        if slash < 0:
            return self.problem("this quoted text cannot be read", start=self.begin)
        written = self.text[slash : slash + 2]
        return self.problem(
            f"`{written}` begins no escape that is known here", NO_BACKSLASH, start=slash, end=slash + 2
        )

    def tab(self) -> Problem:
        end = self.at
        while self.text[end : end + 1] == "\t":
            end += 1
        span = self.places.span(self.at, max(end, self.at + 1))
        return TAB.problem("a tab indents this line", path=self.path, span=span, help="indent with spaces")

    def bad_start(self) -> Problem:
        if self.char == "\t":
            return self.tab()
        end = self.value_end()
        written = self.text[self.at : end]
        message = (
            f"a text cannot begin with `{self.char}`" if self.char != "`" else "a text cannot begin with a backtick"
        )
        return self.needs_quotes(message, written, self.at, end)

    def needs_quotes(self, message: str, written: str, start: int, end: int) -> Problem:
        quote = "'" if '"' in written or "\\" in written else '"'
        safe = "\n" not in written and len(written) < SHOWN and not (quote == "'" and "'" in written)
        cure = f"put it in quotes: `{quote}{written}{quote}`" if safe and written else "put it in quotes"
        return NEEDS_QUOTES.problem(message, path=self.path, span=self.places.span(start, end), help=cure)

    def value_end(self) -> int:
        """Where the value ends that the complaint is about: with its line, a comment, or its bracket."""
        stop = r"[\r\n]|\s#|[,\]}]" if self.opened is not None else r"[\r\n]|\s#"
        found = re.compile(stop).search(self.text, self.at)
        end = found.start() if found else len(self.text)
        return max(self.at + len(self.text[self.at : end].rstrip()), min(self.at + 1, len(self.text)))

    def bad_name(self) -> Problem:
        sign = self.text[self.begin : self.begin + 1]
        span_end = max(self.at, self.begin + 1)
        message = f"`{sign}` is followed by no name"
        return self.needs_quotes(message, self.text[self.begin : span_end], self.begin, span_end)

    def bad_tag(self) -> Problem:
        if self.char == "%" or self.text[self.line_start : self.line_start + 1] == "%":
            return self.directive()
        span = self.places.span(self.begin, max(self.at, self.begin + 1))
        cure = "put a text that begins with `!` in quotes"
        return TAG.problem("a tag stands here, and a spec has no tags", path=self.path, span=span, help=cure)

    def directive(self) -> Problem:
        cure = "remove the line, or put the text in quotes"
        end = self.line_start + len(self.places.line(self.places.line_number(self.at)))
        message = "a line that begins with `%` speaks to the reader, and says nothing it knows"
        return self.problem(message, cure, start=self.line_start, end=end)

    # Colons

    def glued(self, number: int) -> Problem | None:
        """The problem of a line that says `units:5`."""
        line = self.places.line(number)
        found = GLUED.fullmatch(line)
        if not found or ": " in line:
            return None
        start = self.places.start_of(number)
        key, value = found[1], found[2].rstrip()
        span = self.places.span(start + found.start(1), start + found.start(1) + len(f"{key}:{value}"))
        message = f"a space is missing after the colon of {shown(f'{key}:{value}')}"
        return MISSING_SPACE.problem(message, path=self.path, span=span, help=f"write {shown(f'{key}: {value}')}")

    def stray_colon(self) -> Problem:
        number = self.places.line_number(self.at)
        before = self.before
        brace = before.rfind("${")
        if brace > before.rfind("}"):
            start = self.line_start + brace
            end = self.value_end()
            return self.needs_quotes("an expression that holds a colon needs quotes", self.text[start:end], start, end)
        colon = before.find(": ")
        if colon >= 0:
            start = self.line_start + colon + 2
            start += len(before[colon + 2 :]) - len(before[colon + 2 :].lstrip())
            end = self.value_end()
            return self.needs_quotes(
                "a text that holds a colon and a space needs quotes", self.text[start:end], start, end
            )
        above = self.above(number)
        if above and (problem := self.glued(above)):
            return problem
        if above:
            return self.continued(above)
        return self.problem("a key and its value cannot stand here", "put them on a line of their own")

    def continued(self, above: int) -> Problem:
        """A key that goes on with the text of the line above it."""
        line = self.places.line(above)
        if re.search(r":\s", line):
            span = self.places.span(self.line_start + len(self.before) - len(self.before.lstrip()), self.at)
            first = self.places.start_of(above)
            label = Label(self.places.span(first + len(line) - len(line.lstrip()), first + len(line.rstrip())), "")
            message = "this key is indented below a line that has its value already"
            cure = "begin the keys of one mapping in the same column"
            return INDENTATION.problem(message, path=self.path, span=span, labels=(label,), help=cure)
        start = self.places.start_of(above)
        end = start + len(line.rstrip())
        word = line.strip().removeprefix("- ").strip()
        start = end - len(word)
        return self.problem(
            f"{shown(word)} is followed by no colon", f"write {shown(word + ':')}", start=start, end=end
        )

    def above(self, number: int) -> int | None:
        """The last line before `number` that holds more than a comment."""
        for earlier in range(number - 1, max(0, number - 1000), -1):
            line = self.places.line(earlier).strip()
            if line and not line.startswith("#"):
                return earlier
        return None

    def no_colon(self) -> Problem:
        number = self.places.line_number(self.begin)
        if problem := self.glued(number):
            return problem
        start = self.begin
        line_end = self.places.start_of(number) + len(self.places.line(number).rstrip())
        word = self.text[start:line_end]
        return self.problem(f"{shown(word)} is followed by no colon", "write `key: value`", start=start, end=line_end)

    def question_mark(self) -> Problem:
        return self.problem("a `?` with a space behind it begins a key, and no key can stand here", "put it in quotes")

    # Indentation

    def list_beside_key(self) -> Problem:
        cure = "write each `- ` on a line of its own below the key, or the list as `[a, b]`"
        return self.problem("a list that begins with `- ` cannot stand beside its key", cure)

    def block(self) -> Problem:
        if self.before.strip() not in ("", "-"):
            return self.after_value()
        if self.char == ":":
            return missing_key(self.path, self.places.span(self.at, self.at + 1))
        if self.char == "-" and "mapping" in self.wording and self.before == "":
            cure = "indent the list below its key, or write it as a key and its value"
            return self.indentation("a list item stands where a key is expected", cure)
        cure = "begin the keys of one mapping, and the dashes of one list, in the same column"
        return self.indentation("the indentation of this line fits nothing above it", cure)

    def indentation(self, message: str, cure: str) -> Problem:
        end = self.line_start + len(self.places.line(self.places.line_number(self.at)).rstrip())
        begin = self.places.span(self.begin, self.begin + 1)
        labels = (Label(begin, "what it should line up with begins here"),) if self.begin < self.at else ()
        span = self.places.span(self.at, max(end, self.at))
        return INDENTATION.problem(message, path=self.path, span=span, labels=labels, help=cure)

    def after_value(self) -> Problem:
        last = self.before.rstrip()[-1]
        end = self.value_end()
        rest = shown(self.text[self.at : end])
        if last == "'":
            cure = "write `''` for a quote inside single quotes, or put the whole text in double quotes"
        elif last == '"':
            cure = 'write `\\"` for a quote inside double quotes, or put the whole text in single quotes'
        else:
            cure = "put the whole value in quotes if it is a text"
        return self.problem(f"{rest} follows a value that is complete", cure, end=end)

    def block_text(self) -> Problem:
        cure = "write the text on the lines below, indented; or put it in quotes if it begins with `|` or `>`"
        return self.problem("a text that begins with `|` or `>` starts on the next line", cure, start=self.begin)

    # Brackets

    def in_brackets(self) -> Problem:
        before = self.text[self.at - 1 : self.at] if self.at else ""
        if self.char == "{" and before == "$":
            return self.naked_expression()
        opened = self.opened if self.opened is not None else self.begin
        opening = self.text[opened : opened + 1]
        if not self.text[self.at :].strip():
            return self.unclosed_bracket(opened, opening)
        if self.char == ":":
            return self.colon_in_brackets(opened, opening)
        if self.char in ("]", "}"):
            return self.unclosed_bracket(opened, opening, f", but here stands a `{self.char}`")
        if "node content" in self.wording:
            return self.nothing_here()
        cure = "write a comma between values; put a text that holds brackets or quotes in quotes"
        return self.problem(f"a `,` or `{CLOSING.get(opening, ']')}` is missing before this", cure)

    def colon_in_brackets(self, opened: int, opening: str) -> Problem:
        """A second colon in an entry: a comma is missing before its key, or a bracket was not closed."""
        rest = self.places.line(self.places.line_number(self.at))[len(self.before) :]
        closing = CLOSING.get(opening, "]")
        is_later_line = self.places.line_number(opened) < self.places.line_number(self.at)
        if is_later_line and rest.count(closing) <= rest.count(opening):
            return self.unclosed_bracket(opened, opening)
        key = LAST_WORD.search(self.before)
        if not key:
            return self.problem("a colon cannot stand here", "put a text that holds a colon in quotes")
        message = f"a comma is missing before {shown(key[0])}"
        cure = "write a comma between values, or put a text that holds a colon in quotes"
        return self.problem(message, cure, start=self.line_start + key.start(), end=self.at)

    def naked_expression(self) -> Problem:
        start = self.at - 1
        found = EXPRESSION.match(self.text, start)
        end = found.end() if found else self.at + 1
        message = "an expression inside brackets needs quotes"
        return self.needs_quotes(message, self.text[start:end], start, end)

    def unclosed_bracket(self, opened: int, opening: str, but: str = "") -> Problem:
        span = self.places.span(opened, min(opened + 1, len(self.text)))
        closing = CLOSING.get(opening, "]")
        labels = (Label(self.places.span(self.at, self.at + 1), "instead of it"),) if but else ()
        message = f"the `{opening}` that opens here is never closed"
        cure = f"write the `{closing}` that belongs to it"
        return UNCLOSED.problem(message, path=self.path, span=span, labels=labels, help=cure)

    def nothing_here(self) -> Problem:
        if not self.char or not self.text[self.at :].strip():
            return self.problem("the text ends where a value is expected", "write the value")
        if self.char == ",":
            return self.problem("no value stands before this comma", "remove the comma, or write the value")
        if self.char in ("]", "}"):
            return self.problem(f"nothing was opened that this `{self.char}` could close", f"remove the `{self.char}`")
        return self.problem(
            f"a value is expected, and here stands {shown(self.char)}", "write the value, or quote the text"
        )

    def after_end(self) -> Problem:
        directive = self.text.find("%")
        if directive >= 0 and not self.text[:directive].strip():  # PyYAML passes over one that it does not know
            self.at, self.line_start = directive, self.places.line_start(directive)
            return self.directive()
        end = self.value_end()
        rest = shown(self.text[self.at : end])
        return self.problem(
            f"{rest} follows the end of the spec", "remove it, or check the brackets before it", end=end
        )
