"""Reports made by other computers: a Dask cluster whose workers have this package, and no shared disk.

::

    client    crew         sends orders (bytes), hears of their progress, checks what comes back (bytes)
      | workforce          scheduler and workers that come and go; refuses other software before and during the work
    worker    job          compares the software once more, makes the report with kernels of its own
              node         `gyokaku worker`: a worker started as it should be

Dask itself is imported only by who uses it: it comes with the extra ``cluster``.
"""
