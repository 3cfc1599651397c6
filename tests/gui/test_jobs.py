"""Background work: results, failures, cancelling, the writers' lane, closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.errors import CancelledError, UserError
from app.gui.jobs import Job, JobRunner
from app.progress import Progress


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.close(5000)
    qtbot.waitUntil(made.is_idle)


def test_the_result_arrives_in_the_window_thread(runner: JobRunner, qtbot: QtBot) -> None:
    threads: list[bool] = []
    here = QThread.currentThread()

    def work(progress: Progress) -> int:
        threads.append(QThread.currentThread() is here)
        return 5_000_000_000

    def told(_result: object) -> None:
        threads.append(QThread.currentThread() is here)

    job = Job(work)
    job.succeeded.connect(told)
    with qtbot.waitSignal(job.succeeded) as told_signal:
        runner.start(job, writes=False)
    assert told_signal.args == [5_000_000_000]  # more than 32 bits
    assert threads == [False, True]


def test_progress_is_told_with_its_words(runner: JobRunner, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        for done in range(1, 4):
            progress.step(done, 3, f"第 {done} 份")

    job = Job(work, quietest_ms=0)
    steps: list[tuple[object, ...]] = []
    job.progressed.connect(lambda *step: steps.append(step))
    with qtbot.waitSignal(job.over):
        runner.start(job, writes=False)
    assert steps == [(1, 3, "第 1 份"), (2, 3, "第 2 份"), (3, 3, "第 3 份")]


def test_many_quick_steps_are_not_all_told_but_the_last_is(runner: JobRunner, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        for done in range(1, 2001):
            progress.step(done, 2000)

    job = Job(work, quietest_ms=60_000)
    steps: list[object] = []
    job.progressed.connect(lambda done, total, what: steps.append(done))
    with qtbot.waitSignal(job.over):
        runner.start(job, writes=False)
    assert steps == [1, 2000]


def test_a_failure_is_handed_on_as_it_is(runner: JobRunner, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise UserError("U 盘不见了。", "电脑里的资料都完好。", "插好再接着写。", code="U-204")

    job = Job(work)
    succeeded: list[object] = []
    job.succeeded.connect(succeeded.append)
    with qtbot.waitSignal(job.failed) as failed:
        runner.start(job, writes=True)
    assert failed.args[0].code == "U-204"
    assert succeeded == []


def test_cancelling_stops_at_the_next_step(runner: JobRunner, qtbot: QtBot) -> None:
    reached = threading.Event()
    go_on = threading.Event()
    after: list[str] = []

    def work(progress: Progress) -> None:
        progress.step(1, 2)
        reached.set()
        go_on.wait(5)
        progress.step(2, 2)
        after.append("went on")

    job = Job(work)
    with qtbot.waitSignal(job.failed) as failed:
        runner.start(job, writes=False)
        assert reached.wait(5)
        job.cancel()
        go_on.set()
    assert isinstance(failed.args[0], CancelledError)
    assert after == []


def test_a_job_cancelled_while_it_waits_never_begins(runner: JobRunner, qtbot: QtBot) -> None:
    go_on = threading.Event()
    began: list[str] = []
    first = Job(lambda progress: go_on.wait(5))
    second = Job(lambda progress: began.append("second"))
    with qtbot.waitSignal(second.failed) as failed:
        runner.start(first, writes=True)
        runner.start(second, writes=True)
        second.cancel()
        go_on.set()
    assert isinstance(failed.args[0], CancelledError)
    assert began == []


def test_writers_never_meet_while_readers_do(runner: JobRunner, qtbot: QtBot) -> None:
    inside = threading.Semaphore(1)
    met: list[str] = []

    def write(progress: Progress) -> None:
        if not inside.acquire(blocking=False):
            met.append("two writers at once")
            return
        progress.step(1, 1)
        inside.release()

    together = threading.Barrier(2, timeout=5)
    jobs = [Job(write) for _ in range(20)]
    readers = [Job(lambda progress: together.wait()) for _ in range(2)]
    failures: list[object] = []
    for job in (*jobs, *readers):
        job.failed.connect(failures.append)
    for job in jobs:
        runner.start(job, writes=True)
    for job in readers:
        runner.start(job, writes=False)
    qtbot.waitUntil(runner.is_idle)
    assert met == []
    assert failures == []


def test_many_short_jobs_lose_no_result(runner: JobRunner, qtbot: QtBot) -> None:
    results: list[object] = []
    for number in range(200):
        job = Job(lambda progress, number=number: number)
        job.succeeded.connect(results.append)
        runner.start(job, writes=number % 2 == 0)
    qtbot.waitUntil(runner.is_idle)
    assert sorted(results) == list(range(200))  # type: ignore[type-var]
    qtbot.waitUntil(lambda: not runner.findChildren(Job))


def test_a_closed_runner_takes_nothing_and_cancels_what_runs(qtbot: QtBot) -> None:
    runner = JobRunner()
    reached = threading.Event()

    def work(progress: Progress) -> None:
        reached.set()
        while True:
            progress.step(1, 2)

    job = Job(work)
    with qtbot.waitSignal(job.failed) as failed:
        runner.start(job, writes=False)
        assert reached.wait(5)
        assert runner.close(5000)
    assert isinstance(failed.args[0], CancelledError)
    with pytest.raises(RuntimeError):
        runner.start(Job(work), writes=False)
    qtbot.waitUntil(runner.is_idle)


def test_the_runner_says_when_a_job_began_and_ended(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    runner.job_started.connect(lambda job: told.append(f"began {job.name}"))
    runner.job_over.connect(lambda job: told.append(f"ended {job.name}"))
    job = Job(lambda progress: None, name="生成报送包")
    with qtbot.waitSignal(runner.job_over):
        runner.start(job, writes=False)
    assert told == ["began 生成报送包", "ended 生成报送包"]
