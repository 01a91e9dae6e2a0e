"""A small table whose names come from a stranger: the browser gets them as text and never reads them as markup.

| key | what |
|---|---|
| caption | what stands over the table |
| groups | [[name, how many columns]]: what the columns are |
| names | the columns' names |
| rows | [[number as text]] |
| more | what stands under the table, or "" |
"""

from view.components import component

_mount = component("sheet")


def sheet(data: dict, key: str) -> None:
    """Show the table."""
    _mount(data=data, key=key)
