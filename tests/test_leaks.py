from pathlib import Path

import pytest

LEAKS = """
    import threading
    import time

    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QWidget

    kept = []


    def keep(thing):
        kept.append(thing)
        return thing


    def test_thread(qapp):
        threading.Thread(target=time.sleep, args=(2,), daemon=True).start()


    def test_qt_thread(qapp):
        keep(QThread()).start()


    def test_timer(qapp):
        keep(QTimer()).start(1000)


    def test_window(qapp):
        keep(QWidget())


    def test_everything_put_away(qtbot):
        thread = QThread()
        thread.start()
        thread.quit()
        thread.wait()
        timer = QTimer()
        timer.start(1000)
        timer.stop()
        qtbot.addWidget(keep(QWidget()))


    def teardown_module():
        kept[0].quit()
        kept[0].wait()
"""


def test_a_test_that_leaves_a_thread_a_timer_or_a_window_behind_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(LEAKS)
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=5, errors=4)
    lines = ["*left behind: *Thread(*", "*left behind: *QThread*", "*left behind: *QTimer*", "*left behind: *QWidget*"]
    result.stdout.fnmatch_lines(lines)
