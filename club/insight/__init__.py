"""What records add up to: the graph in; totals, matrices and positions out."""
