"""How many threads a simulation's matrix products may take: one."""

from __future__ import annotations

from threadpoolctl import threadpool_limits


def one_thread_each() -> None:
    """Lets BLAS compute in the thread that calls it, for the rest of this process.

    The matrices are small, and several learners' simulations run at once. With BLAS's own threads
    they wait for one another: on two busy cores a network of 50 layers took 20 times as long.
    """
    threadpool_limits(limits=1, user_api="blas")
