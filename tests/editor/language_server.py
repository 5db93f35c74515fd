"""A client of a language server: it starts the server, opens texts, and asks about places in them."""

from __future__ import annotations

import json
import subprocess
from itertools import count
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import Any, Self

CURSOR = "¦"
SECONDS = 60
"""How long an answer may take."""

SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}


class LanguageServer:
    """A running server, spoken to over its standard input and output."""

    def __init__(self, command: str, root: Path) -> None:
        self.process = subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.root = root
        self.numbers = count(1)
        self.messages: Queue[dict[str, Any]] = Queue()
        Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}},
        }
        self.ask("initialize", processId=None, rootUri=self.root.as_uri(), capabilities=capabilities)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=SETTINGS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()

    def diagnostics(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a text as a file of that name below the root, and wait for what is said of it."""
        uri = (self.root / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def completion(self, name: str, text: str) -> dict[str, dict[str, Any]]:
        """What could stand where the cursor is, by label."""
        answer = self.ask("textDocument/completion", **self._place(name, text)) or {}
        items: list[dict[str, Any]] = answer if isinstance(answer, list) else answer.get("items", [])
        return {item["label"]: item for item in items}

    def hover(self, name: str, text: str) -> str:
        """What is shown over the word behind the cursor."""
        answer = self.ask("textDocument/hover", **self._place(name, text))
        return str(answer["contents"]["value"]) if answer else ""

    def _place(self, name: str, text: str) -> dict[str, Any]:
        before, _, after = text.partition(CURSOR)
        self.diagnostics(name, before + after)
        lines = before.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        return {"textDocument": {"uri": (self.root / name).as_uri()}, "position": position}

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request."""
        number = next(self.numbers)
        self._send(id=number, method=method, params=params)
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """Send what is not answered."""
        self._send(method=method, params=params)

    def _next(self) -> dict[str, Any]:
        """The next message; what the server itself asks is answered."""
        try:
            message = self.messages.get(timeout=SECONDS)
        except Empty:
            raise AssertionError(f"the server says nothing for {SECONDS} seconds") from None
        if "method" in message and "id" in message:
            sections = [item.get("section") for item in message.get("params", {}).get("items", [])]
            asked = message["method"] == "workspace/configuration"
            self._send(id=message["id"], result=[SETTINGS.get(name) for name in sections] if asked else None)
        return message

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
                while stream.readline().strip():
                    pass
                self.messages.put(json.loads(stream.read(length)))
