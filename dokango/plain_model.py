"""The base of all that is asked of the shop: its texts are made plain at this door, before anything measures them."""

from __future__ import annotations

from typing import ClassVar, get_args

from pydantic import BaseModel, ValidationInfo, field_validator

from dokango.text import plain


class PlainModel(BaseModel):
    """A model whose texts are plain (dokango.text.plain); those of MANY_LINES, the text areas, keep their line breaks.

    What is asked by whatever way (a form, a program, a file) becomes one of these; a new one needs the base alone.
    """

    MANY_LINES: ClassVar[frozenset[str]] = frozenset()
    _OF_MODELS: ClassVar[frozenset[str]] = frozenset()  # fields that hold other models, which see to their own texts

    @classmethod
    def __pydantic_init_subclass__(cls, **given: object) -> None:
        super().__pydantic_init_subclass__(**given)
        cls._OF_MODELS = frozenset(name for name, field in cls.model_fields.items() if _holds_a_model(field.annotation))

    @field_validator("*", mode="before")
    @classmethod
    def _made_plain(cls, value: object, info: ValidationInfo) -> object:
        if info.field_name in cls._OF_MODELS:
            return value
        return _plain_within(value, lines=info.field_name in cls.MANY_LINES)


def _holds_a_model(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_holds_a_model(part) for part in get_args(annotation))


def _plain_within(value: object, *, lines: bool) -> object:
    """`value` with every text in it made plain, in lists and objects too; other things as they came."""
    if isinstance(value, str):
        return plain(value, lines=lines)
    if isinstance(value, dict):
        return {_plain_within(key, lines=False): _plain_within(inner, lines=lines) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_plain_within(inner, lines=lines) for inner in value)
    return value
