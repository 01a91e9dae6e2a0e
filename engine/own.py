"""A reader's own table as part of an experiment, and as one word of an address: how many columns are targets, what the columns are
called, and the rows. Two tables are the same when their fingerprints are."""

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote

from engine.limits import COLUMNS
from engine.parse import cut, shortest, whole
from engine.refused import Refused
from engine.table import Table, default_names, read_rows


@dataclass(frozen=True)
class Own:
    """fingerprint: of the numbers and the names; it alone is compared, so that comparing is quick for any number of rows."""

    fingerprint: str
    table: Table = field(compare=False, repr=False)


def own(table: Table) -> Own:
    numbers = (table.data.x.tobytes(), table.data.y_true.tobytes())
    named = repr((table.x_names, table.y_names, table.data.x.shape)).encode()
    return Own(sha256(b"".join((named, *numbers))).hexdigest()[:16], table)


@lru_cache(maxsize=16)
def read_own(text: str, name: str) -> Own:
    """1:a,b,c:0,0,0;0,1,1 is two rows whose last column is the target; names are percent-encoded, and may be left out."""
    count, first, rest = text.partition(":")
    names, second, rows = rest.partition(":")
    if not first or not second:
        raise Refused("{name} must be like 1:a,b,c:0,0,0;0,1,1 (targets:names:rows), not “{found}”.", name=name, found=cut(text))
    targets = whole(count, name, (1, COLUMNS - 1))
    return own(read_rows([unquote(part) for part in names.split(",")] if names else (), rows.replace(";", "\n"), targets))


@lru_cache(maxsize=16)
def written_own(mine: Own) -> str:
    """The reverse of `read_own`: names only where they are not the usual ones, numbers in the shortest decimals."""
    table, targets = mine.table, len(mine.table.y_names)
    called = (*table.x_names, *table.y_names)
    names = "" if called == default_names(len(table.x_names), targets) else ",".join(quote(name, safe=" ") for name in called)
    pairs = zip(table.data.x, table.data.y_true, strict=True)
    rows = ";".join(",".join(map(shortest, (*x, *t))) for x, t in pairs)
    return f"{targets}:{names}:{rows}"
