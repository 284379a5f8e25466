"""What a method's transaction ids usually look like. Odd ones are taken, with a warning."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from string import ascii_uppercase, digits

_INVENTED_LENGTH = 10


@dataclass(frozen=True, slots=True)
class TrxShape:
    """`usual_length` 0: nobody knows. `letters` and `begins` are what ids are invented from for the sample shop."""

    usual_length: int = 0
    letters: str = ascii_uppercase + digits
    begins: str = ""

    @property
    def digits_only(self) -> bool:
        """Whether a letter in an id is unusual."""
        return self.letters.isdigit()

    def warning(self, label: str, trx_id: str) -> str:
        """A sentence when a normalised id of the method called `label` looks unusual; empty when it does not."""
        if self.usual_length and len(trx_id) != self.usual_length:
            return f"{label} ids usually have {self.usual_length} characters; this one has {len(trx_id)}."
        if self.digits_only and not trx_id.isdigit():
            return f"{label} ids are usually digits only."
        return ""

    def invented(self, rng: Random) -> str:
        """An id that looks like the usual ones and was never given out."""
        length = self.usual_length or _INVENTED_LENGTH
        return self.begins + "".join(rng.choices(self.letters, k=length - len(self.begins)))


UNKNOWN = TrxShape()
