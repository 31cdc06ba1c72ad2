"""Pure computations over the graph: totals, matrices, positions. They import models alone."""
