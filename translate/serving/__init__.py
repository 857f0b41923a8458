"""What a server stands on, whatever it speaks: models shared by all requests, and a desk that says when it is full."""

from translate.serving.desk import Desk, Status, Waiting
from translate.serving.limits import Limits
from translate.serving.models import Choice, Models
from translate.serving.shelf import Item, Shelf
from translate.serving.stop import Stop

__all__ = ["Choice", "Desk", "Item", "Limits", "Models", "Shelf", "Status", "Stop", "Waiting"]
