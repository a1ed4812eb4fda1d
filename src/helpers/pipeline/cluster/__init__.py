"""Reports made by other computers: a Dask cluster whose workers have this package, and no shared disk.

::

    client    crew        sends orders (bytes), hears of their progress, checks what comes back (bytes)
      |       connection  refuses what is no cluster, and workers with other software, before and during the work
    worker    job         compares the software once more, makes the report with kernels of its own
              node        `gyokaku worker`: a worker started as it should be

Dask finds the workers, hands orders to them, hands the order of a lost worker to another and counts losses. It is
imported only where a cluster is used: it comes with the extra ``cluster``.
"""
