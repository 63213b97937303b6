"""Runs tests side by side: most of their time is spent waiting."""

import concurrent.futures
import os
import sys
import time
import unittest

WORKERS = int(os.environ.get("NUNCHI_TEST_WORKERS", "4"))


def all_tests(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from all_tests(item)
        else:
            yield item


def run_one(test):
    """(whether it succeeded, what to print)."""
    started = time.monotonic()
    result = unittest.TestResult()
    test.run(result)
    problems = [text for _, text in result.failures + result.errors]
    verdict = "FAIL" if problems else "skipped" if result.skipped else "ok"
    line = f"{verdict:7} {time.monotonic() - started:5.1f} s  {test.id().removeprefix('__main__.')}"
    return not problems, "\n".join([line, *problems])


def main(workers=WORKERS):
    """In place of unittest.main(). Arguments: parts of the names of the tests to be run."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    wanted = sys.argv[1:]
    tests = [test for test in all_tests(suite) if not wanted or any(part in test.id() for part in wanted)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for done in concurrent.futures.as_completed([pool.submit(run_one, test) for test in tests]):
            succeeded, text = done.result()
            failed += not succeeded
            print(text, flush=True)
    print(f"{len(tests)} tests, {failed} failed")
    sys.exit(1 if failed or not tests else 0)
