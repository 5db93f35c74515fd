"""From a file, or from bytes, to a text."""

from __future__ import annotations

from pathlib import Path

from tfspec.diagnostics import Problem, Span, SpecError, Text

from .limits import MAX_BYTES
from .places import Places
from .problems import CHARACTER, NOT_UTF8, UNREADABLE

MARK = b"\xef\xbb\xbf"
WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
SAVED_MODELS = {b"PK\x03\x04": "a zip archive", b"\x89HDF": "an HDF5 file", b"\x1f\x8b": "a gzip archive"}


def read_text(path: Path) -> Text:
    """The text of a file.

    Raises:
        SpecError: the file cannot be read, is too large, or is not UTF-8 text.
    """
    name = _printable(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _unreadable(name, "does not exist", _neighbours(path)) from None
    except IsADirectoryError:
        raise _unreadable(name, "is a folder, not a file", "name a spec inside it") from None
    except PermissionError:
        raise _unreadable(name, "may not be read", "give yourself leave to read it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise _unreadable(name, f"cannot be read: {(reason or str(error)).lower()}", None) from None
    return decode_text(data, name)


def decode_text(data: bytes, name: str) -> Text:
    """The text that bytes stand for, without a byte order mark; `name` is what messages call it.

    Raises:
        SpecError: the bytes are too many, are not UTF-8, or hold zero bytes.
    """
    if len(data) > MAX_BYTES:
        help_ = "keep data in files of its own, and name them under `data`"
        raise _unreadable(name, f"is larger than {MAX_BYTES // 1_000_000} MB", help_)
    for mark, encoding in WIDE.items():
        if data.startswith(mark):
            message = f"the text is {encoding}, not UTF-8"
            raise SpecError([NOT_UTF8.problem(message, span=_first(name), help="save it as UTF-8")])
    for mark, kind in SAVED_MODELS.items():
        if data.startswith(mark):
            help_ = "turn a saved Keras model into a spec with `tfspec import`"
            raise SpecError([NOT_UTF8.problem(f"this is {kind}, not a text", span=_first(name), help=help_)])
    try:
        content = data.removeprefix(MARK).decode()
    except UnicodeDecodeError as error:
        raise SpecError([_bad_byte(data, name, error.start)]) from None
    zero = content.find("\0")
    if zero >= 0:
        span = Places(Text(name, content)).span(zero, zero + 1)
        help_ = "save it as UTF-8 text; UTF-16 without a mark looks like this too"
        raise SpecError([CHARACTER.problem("the text holds a zero byte", span=span, help=help_)])
    return Text(name, content)


def _unreadable(name: str, fact: str, cure: str | None) -> SpecError:
    return SpecError([UNREADABLE.problem(f"`{name}` {fact}", help=cure)])


def _neighbours(path: Path) -> str | None:
    """Advice for a file that is not there: the folder is missing too, or a name beside it is near."""
    from os import listdir

    from tfspec.diagnostics import did_you_mean

    try:
        names = [_printable(name) for name in listdir(path.parent)[:1000]]  # noqa: PTH208 - names, not paths
        return did_you_mean(path.name, names)
    except FileNotFoundError:
        return f"the folder `{_printable(str(path.parent))}` does not exist either"
    except (OSError, ValueError):
        return None


def _printable(name: str) -> str:
    """A file name without the half surrogates by which Python keeps bytes that are no UTF-8."""
    return name.encode("utf-8", "replace").decode()


def _first(name: str) -> Span:
    return Span(Text(name, ""), 1, 1, 1, 1)


def _bad_byte(data: bytes, name: str, at: int) -> Problem:
    """The problem of the first byte that is no UTF-8, counted without the byte order mark."""
    body = data.removeprefix(MARK)
    text = Text(name, body.decode("utf-8", "replace"))
    position = len(body[:at].decode())
    return NOT_UTF8.problem(
        f"the byte 0x{body[at]:02X} is not UTF-8",
        span=Places(text).span(position, position + 1),
        help="save the file as UTF-8; it may have been saved as Latin-1 or Windows-1252",
    )
