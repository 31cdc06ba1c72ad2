"""How a project reaches its schools: phases by year, and the steps of each school."""
