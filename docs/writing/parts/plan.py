"""How many trees a garden holds."""


# part: room
def room(width: float, length: float, apart: float = 4) -> int:
    """Trees in rows, so many metres apart."""
    return int(width // apart) * int(length // apart)


# end

print(room(20, 12))
