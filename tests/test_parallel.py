"""Work shared with a second process gives what one process gives."""

import os

import pytest

from club.publish.parallel import ENOUGH, in_two_processes


@pytest.mark.parametrize("count", [0, 1, ENOUGH, ENOUGH + 1])
def test_results_are_in_the_order_of_the_items(count):
    assert in_two_processes(lambda some: [2 * each for each in some], range(count)) == [
        2 * each for each in range(count)
    ]


def test_a_second_process_that_dies_costs_no_result():
    here = os.getpid()

    def work(some):
        if os.getpid() != here:
            os._exit(3)
        return list(some)

    assert in_two_processes(work, range(ENOUGH)) == list(range(ENOUGH))


def test_a_failure_is_raised_once_and_as_it_is():
    def work(some):
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        in_two_processes(work, range(ENOUGH))
