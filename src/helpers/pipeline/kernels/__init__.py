"""Kernels that have already imported: each one is forked from a server that holds the libraries ready.

An ordinary kernel spends its first seconds starting Python and importing pandas and matplotlib. Here one
process, the server, imports them once for a build, and every kernel begins as a copy of it::

    build process ---- starts, stops ---> server    ``child``, which imports ``preload`` piece by piece
         |                                   | forks
         +-- ForkProvisioner: Jupyter's way ->  kernel   ``child``: environment, arguments, folder, then ipykernel

The server lends a process to a function, too, which then shares no interpreter with the build (``forked_call``).

The provisioner is registered as ``gyokaku-fork`` in ``jupyter_client.kernel_provisioners``. Without a server (another
program, Windows, macOS, ``GYOKAKU_KERNELS=ordinary``) it starts an ordinary kernel; the reports are the same bytes.

>>> with warm_kernels(environment):  # doctest: +SKIP
...     make_report(target, inputs)
"""

from helpers.pipeline.kernels.running_kernels import PROVISIONER, SWITCH, can_fork, end_kernels, warm_kernels

__all__ = ["PROVISIONER", "SWITCH", "can_fork", "end_kernels", "warm_kernels"]
