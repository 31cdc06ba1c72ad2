"""The club's meetings."""
