"""Orders. Start here: `place` takes one in, `perform` moves it on, and nothing else writes one.

lifecycle/table.py is one screen that says what may happen when; faces.py what people see of it. book/ holds the rows,
before/ what is looked at before an order goes on, placing/ how orders come in, reading/ how they are read, packing/ the
bench, parcels/ what couriers do with them, customer/ what the holder of a tracking link sees and may do. Imports go
from the last of these to the first.
"""

from dokango.orders.lifecycle.once import perform_once
from dokango.orders.lifecycle.perform import Context, Done, perform
from dokango.orders.lifecycle.undo import undo
from dokango.orders.placing.place import place

__all__ = ["Context", "Done", "perform", "perform_once", "place", "undo"]
