"""Running the reader in a child process with limits of time and memory: a hostile file costs nothing else."""

from __future__ import annotations

import multiprocessing
import re
import time
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from govtracker.errors import ImportTrouble
from govtracker.importer.package.workbook import Workbook

if TYPE_CHECKING:
    import psutil

SECONDS = 20.0
"""Of the reader's own work: a PC that is busy with something else doesn't refuse a good file."""
SHEETS = 30
"""How many sheets may be read in that time."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
PATIENCE = 3
"""How many times as long it may take by the clock."""
MEMORY = 1024 * 1024 * 1024
_STEP = 0.02

GoOn = Callable[[float], bool]
"""(share of the time limit used) -> whether to go on; False cancels."""


def read_in_child(
    path: Path, go_on: GoOn | None = None, seconds: float | None = None, memory: int = MEMORY
) -> Workbook:
    """The workbook; ImportTrouble where the reader fails, takes too long or too much memory, or is cancelled."""
    seconds = seconds_for(path) if seconds is None else seconds
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(str(path), sender), daemon=True)
    process.start()
    sender.close()
    try:
        return _wait(process, receiver, path.name, go_on, seconds, memory)
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        receiver.close()
        process.close()


def seconds_for(path: Path) -> float:
    """How long a file may be read: a book of many sheets, a card each, longer than one of a few."""
    try:
        with zipfile.ZipFile(path) as package:
            count = sum(bool(_SHEET.fullmatch(name)) for name in package.namelist())
    except (OSError, zipfile.BadZipFile):
        count = 0
    return SECONDS * max(1.0, count / SHEETS)


def _wait(
    process: multiprocessing.process.BaseProcess,
    receiver: Connection,
    name: str,
    go_on: GoOn | None,
    seconds: float,
    memory: int,
) -> Workbook:
    import psutil

    start = time.monotonic()
    watched = psutil.Process(process.pid)
    while not receiver.poll(_STEP):
        used = max(_worked(watched), (time.monotonic() - start) / PATIENCE)
        if go_on and not go_on(min(1.0, used / seconds)):
            raise ImportTrouble(name, "가져오기를 취소했습니다.", "다시 하려면 파일을 다시 고르세요.")
        if used > seconds:
            raise ImportTrouble(
                name,
                f"{seconds:.0f}초 안에 읽지 못했습니다.",
                "엑셀에서 쓰지 않는 행과 열을 지우고 다시 저장하세요.",
            )
        if not process.is_alive():
            break
        try:
            if watched.memory_info().rss > memory:
                raise ImportTrouble(
                    name,
                    "읽는 데 메모리가 지나치게 많이 듭니다.",
                    "엑셀에서 쓰지 않는 행과 열을 지우고 다시 저장하세요.",
                )
        except psutil.NoSuchProcess:
            break
    try:
        found: Workbook | str = receiver.recv() if receiver.poll(0.2) else "읽는 프로그램이 멈추었습니다"
    except EOFError:
        found = "읽는 프로그램이 멈추었습니다"
    if isinstance(found, str):
        raise ImportTrouble(
            name, "파일의 내용을 읽을 수 없습니다.", "엑셀에서 열어 다시 저장한 뒤 가져오세요.", detail=found
        )
    return found


def _worked(watched: psutil.Process) -> float:
    """Seconds that a process has computed, 0 where it has ended."""
    import psutil

    try:
        times = watched.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _work(path: str, sender: Connection) -> None:
    from govtracker.importer.package.reading import read

    try:
        sender.send(read(Path(path)))
    except BaseException as error:
        sender.send(f"{type(error).__name__}: {error}")
    finally:
        sender.close()
