"""Prints the seconds of one product of scipy's CSR matrix, the better of two; used by bench-edgepass and bench-step."""
import sys
import time

import numpy
import scipy.sparse

with open(sys.argv[1], "rb") as file:
    users, movies, edges, cols = numpy.fromfile(file, numpy.int64, 4)
    ptr = numpy.fromfile(file, numpy.int64, users + 1)
    movie = numpy.fromfile(file, numpy.int32, edges)
half = scipy.sparse.csr_matrix((numpy.ones(edges, numpy.float32), movie, ptr), shape=(users, movies))
matrix = scipy.sparse.bmat([[None, half], [half.T, None]], format="csr", dtype=numpy.float32)
x = numpy.random.default_rng(1).random((users + movies, cols), dtype=numpy.float32)
best = float("inf")
for _ in range(2):
    start = time.perf_counter()
    matrix @ x
    best = min(best, time.perf_counter() - start)
print(best)
