"""`chairside register`: the controlled-drug register, on the terminal, as a table and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from monitor.clock import whose_times
from monitor.register import Asked, LotStock, RegisterRow, RegisterView
from monitor.stock_keeping import NoteExport, ShowRegister
from monitor.units import plain
from ui.console.days import day_given
from ui.console.options import (
    CsvOption,
    FirstOption,
    LastOption,
    PassphraseOption,
    PdfOption,
    StoreOption,
)
from ui.console.passphrases import Passphrase
from ui.console.problems import ConsoleError, why
from ui.console.stage import Hooks, Stage
from ui.console.who import at_the_command_line
from ui.files import PRIVATE, write_whole

NEWEST = 20
"""So many rows at most are shown on the terminal; the files have all."""

NOT_BEGUN = (
    "The register has not begun: count the opening inventory in the window, at Register, Count."
)

ProductOption = Annotated[str, typer.Option(metavar="ID", help="One product, by its id.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("register")(show)


def show(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    csv: CsvOption = None,
    pdf: PdfOption = None,
    product: ProductOption = "",
    first: FirstOption = "",
    last: LastOption = "",
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Show the controlled-drug register: what came in, was taken out, wasted and counted.

    The files name the patients, the terminal does not; that they were written is put on record.
    Only their owner may read them.
    """
    asked = Asked(
        product=product.strip(), first=day_given(first, "--from"), last=day_given(last, "--to")
    )
    if asked.first and asked.last and asked.first > asked.last:
        raise ConsoleError("--from is after --to; name the earlier day first.")
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    stage = hooks.open_store(store or hooks.clinic_store(), Passphrase(passphrase_file))
    try:
        view = ShowRegister(stage.world)(asked)
        _insist_on_known(view)
        for line in _lines(view):
            typer.echo(line)
        for path, form, draw in (
            (csv, "csv", stage.papers.register_csv),
            (pdf, "pdf", stage.papers.register_pdf),
        ):
            if path is not None:
                _write(stage, path, form, draw, view)
    finally:
        stage.close()


def _write(
    stage: Stage, path: Path, form: str, draw: Callable[[RegisterView], bytes], view: RegisterView
) -> None:
    content = draw(view)
    NoteExport(stage.world)(
        at_the_command_line(stage.world.station), form, content, str(path.absolute())
    )
    try:
        write_whole(path, content, PRIVATE)
    except OSError as error:
        raise ConsoleError(f"{path} cannot be written: {why(error)}.") from None
    typer.echo(f"Written to {path}; it names patients: keep it where the record's papers are.")


def _insist_on_known(view: RegisterView) -> None:
    known = {lot.product for lot in view.lots} | {item.id for item in view.items}
    if view.product and view.product not in known:
        raise ConsoleError(f"There is no product {view.product}; {_named(view)}.")


def _named(view: RegisterView) -> str:
    ids = sorted({item.id for item in view.items})
    return f"there are {', '.join(ids)}" if ids else "no protocol with products is approved"


def _lines(view: RegisterView) -> Iterator[str]:
    if view.began is None:
        yield NOT_BEGUN
    for lot in view.in_stock:
        yield _lot(lot)
    if view.began is not None and not view.in_stock:
        yield "There is nothing in stock."
    yield from _inventory(view)
    shown = view.rows[-NEWEST:]
    if len(shown) < len(view.rows):
        yield f"{len(view.rows)} rows, the newest {len(shown)}:"
    elif shown:
        yield "1 row:" if len(shown) == 1 else f"{len(shown)} rows:"
    else:
        yield "No rows."
    for row in shown:
        yield _row(view, row)
    yield whose_times(view.local(view.at))


def _inventory(view: RegisterView) -> Iterator[str]:
    if view.inventory_at is None or view.inventory_due is None:
        return
    made = view.local(view.inventory_at)
    overdue = "; it is overdue" if view.inventory_overdue else ""
    yield (
        f"The last inventory was made on {made:%Y-%m-%d}; the next one is due by"
        f" {view.inventory_due}{overdue}."
    )


def _lot(lot: LotStock) -> str:
    parts = [f"{lot.name}, lot {lot.lot}, {lot.expiry}: {_mg(lot.stock_mg)}"]
    if lot.containers is not None:
        parts.append(f"{plain(lot.containers)} unopened")
    if lot.short:
        parts.append("more taken out than the register had")
    if lot.expired:
        parts.append("expired")
    return ", ".join(parts)


def _row(view: RegisterView, row: RegisterRow) -> str:
    at = view.local(row.at)
    moved = {"+": row.in_mg, "-": row.out_mg, "found ": row.found_mg, "of it ": row.wasted_mg}
    amount = next((f"{sign}{_mg(mg)}" for sign, mg in moved.items() if mg is not None), "")
    parts = (
        f"{at:%Y-%m-%d %H:%M}",
        " ".join(part for part in (row.change.value, amount) if part),
        ", ".join(part for part in (row.name, row.lot and f"lot {row.lot}") if part),
        "" if row.stock_mg is None else f"lot then {_mg(row.stock_mg)}",
        row.visit.code,
        row.by.name,
        "amended" if row.replaced else "",
        "more taken out than the register had" if row.short else "",
        f"received with {row.other_date}" if row.other_date else "",
    )
    return "  ".join(part for part in parts if part)


def _mg(value: Decimal | None) -> str:
    return "not known" if value is None else f"{plain(value)} mg"
